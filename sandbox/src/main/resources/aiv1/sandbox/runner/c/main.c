/* The lab's half of a program in C: reads the job from descriptor 0, runs the candidate, writes what it gives to what was descriptor 1,
 * in the form that runner/run.py describes. The greeting H was sent before this program began. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aiv1.h"

enum { FIELD_LENGTH_MAX = 256, BUFFER_BYTES = 1 << 16 };

struct sink {
    int descriptor;
    size_t luma, buffered;
    uint8_t buffer[BUFFER_BYTES];
};

static int jobs;
static struct sink results;
static int width, height, frame_count, fps_numerator, fps_denominator;
#ifdef AIV1_ENCODER
static int quality;
#endif

static void leave(int status) { _exit(status); }

static void write_all(const void *bytes, size_t size) {
    const uint8_t *next = bytes;
    while (size > 0) {
        ssize_t count = write(results.descriptor, next, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) leave(1);
        next += count;
        size -= (size_t)count;
    }
}

static void put_number(uint8_t *at, uint64_t value, int bytes) {
    for (int i = 0; i < bytes; i++) at[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
}

static void begin(char letter, uint64_t size) {
    uint8_t head[9] = {(uint8_t)letter};
    put_number(head + 1, size, 8);
    write_all(head, sizeof head);
}

static void fail(const char *category, const char *message) {
    const char *pairs[] = {"category", category, "message", message};
    uint64_t size = 4;
    for (int i = 0; i < 4; i++) size += 4 + strlen(pairs[i]);
    uint8_t number[4];
    begin('E', size);
    put_number(number, 2, 4);
    write_all(number, 4);
    for (int i = 0; i < 4; i++) {
        put_number(number, strlen(pairs[i]), 4);
        write_all(number, 4);
        write_all(pairs[i], strlen(pairs[i]));
    }
}

static void read_all(void *bytes, size_t size) {
    uint8_t *next = bytes;
    while (size > 0) {
        ssize_t count = read(jobs, next, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) leave(1);
        next += count;
        size -= (size_t)count;
    }
}

static uint64_t read_number(int bytes) {
    uint8_t raw[8];
    uint64_t value = 0;
    read_all(raw, (size_t)bytes);
    for (int i = 0; i < bytes; i++) value = value << 8 | raw[i];
    return value;
}

static void read_job(void) {
    char name[FIELD_LENGTH_MAX], value[FIELD_LENGTH_MAX];
    for (uint64_t left = read_number(4); left > 0; left--) {
        uint64_t size = read_number(4);
        if (size >= sizeof name) leave(1);
        read_all(name, size);
        name[size] = 0;
        size = read_number(8);
        if (size >= sizeof value) leave(1);
        read_all(value, size);
        value[size] = 0;
        if (!strcmp(name, "width")) width = atoi(value);
        if (!strcmp(name, "height")) height = atoi(value);
        if (!strcmp(name, "frame_count")) frame_count = atoi(value);
        if (!strcmp(name, "fps")) {
            const char *slash = strchr(value, '/');
            fps_numerator = atoi(value);
            fps_denominator = slash ? atoi(slash + 1) : 1;
        }
#ifdef AIV1_ENCODER
        if (!strcmp(name, "quality")) quality = atoi(value);
#endif
    }
}

static uint8_t *room(size_t size) {
    uint8_t *bytes = malloc(size ? size : 1);
    if (!bytes) {
        fail("out_of_memory", "the lab's reading of the input: no memory");
        leave(1);
    }
    return bytes;
}

static void flush_results(void) {
    if (results.buffered > 0) {
        begin('B', results.buffered);
        write_all(results.buffer, results.buffered);
        results.buffered = 0;
    }
}

void sink_write(sink_t *out, const void *bytes, size_t size) {
    const uint8_t *next = bytes;
    while (size > 0) {
        size_t count = BUFFER_BYTES - out->buffered;
        if (count > size) count = size;
        memcpy(out->buffer + out->buffered, next, count);
        out->buffered += count;
        next += count;
        size -= count;
        if (out->buffered == BUFFER_BYTES) flush_results();
    }
}

void sink_frame(sink_t *out, const uint8_t *y, const uint8_t *u, const uint8_t *v) {
    begin('F', out->luma + out->luma / 2);
    write_all(y, out->luma);
    write_all(u, out->luma / 4);
    write_all(v, out->luma / 4);
}

#ifdef AIV1_ENCODER
static int run(void) {
    size_t luma = results.luma, count = (size_t)frame_count;
    clip_t clip = {width, height, fps_numerator, fps_denominator, frame_count, room(luma * count), room(luma / 4 * count), room(luma / 4 * count)};
    for (size_t frame = 0; frame < count; frame++) {
        read_all(clip.y + frame * luma, luma);
        read_all(clip.u + frame * (luma / 4), luma / 4);
        read_all(clip.v + frame * (luma / 4), luma / 4);
    }
    int status = encode(&clip, quality, &results);
    flush_results();
    return status;
}
#else
static int run(void) {
    uint64_t size = read_number(8);
    uint8_t *bitstream = room(size);
    read_all(bitstream, size);
    return decode(bitstream, size, &results);
}
#endif

int main(void) {
    jobs = dup(0);
    results.descriptor = dup(1);
    int null = open("/dev/null", O_RDONLY);
    if (jobs < 0 || results.descriptor < 0 || null < 0) leave(1);
    dup2(null, 0);
    close(null);
    dup2(2, 1);
    read_job();
    results.luma = (size_t)width * (size_t)height;
    int status = run();
    fflush(NULL);
    if (status != 0) {
        char message[64];
        snprintf(message, sizeof message, "expected 0, got %d", status);
        fail("exception", message);
    }
    begin('D', 0);
    uint8_t rest[256];
    while (read(jobs, rest, sizeof rest) > 0) {
    }
    leave(0);
}
