/* Decodes one bitstream with the decoder in C of experiment %1$s: decode IN.bin OUT.yuv WIDTH HEIGHT
 *
 *     cc -O2 -ffp-contract=off -o decode decode.c decoder.c -lm
 *
 * Writes planar 4:2:0, 8 bit: Y, U, V of each frame, frames in order. */
#include <stdio.h>
#include <stdlib.h>

#include "aiv1.h"

struct sink {
    FILE *file;
    size_t luma;
};

static void stop(const char *what, const char *where) {
    fprintf(stderr, "decode: %%s: %%s\n", where, what);
    exit(1);
}

void sink_frame(sink_t *out, const uint8_t *y, const uint8_t *u, const uint8_t *v) {
    size_t chroma = out->luma / 4;
    if (fwrite(y, 1, out->luma, out->file) != out->luma || fwrite(u, 1, chroma, out->file) != chroma || fwrite(v, 1, chroma, out->file) != chroma)
        stop("cannot write", "a frame");
}

void sink_write(sink_t *out, const void *bytes, size_t size) {
    (void)out, (void)bytes, (void)size;
    stop("expected frames only", "a decoder");
}

int main(int argc, char **argv) {
    if (argc != 5) stop("expected IN.bin OUT.yuv WIDTH HEIGHT", "arguments");
    FILE *in = fopen(argv[1], "rb");
    if (!in || fseek(in, 0, SEEK_END)) stop("cannot read", argv[1]);
    long size = ftell(in);
    rewind(in);
    uint8_t *bitstream = malloc(size > 0 ? (size_t)size : 1);
    if (!bitstream || size < 0 || fread(bitstream, 1, (size_t)size, in) != (size_t)size) stop("cannot read", argv[1]);
    sink_t out = {fopen(argv[2], "wb"), (size_t)atoi(argv[3]) * (size_t)atoi(argv[4])};
    if (!out.file) stop("cannot write", argv[2]);
    int status = decode(bitstream, (size_t)size, &out);
    if (fclose(out.file)) stop("cannot write", argv[2]);
    if (status != 0) fprintf(stderr, "decode: expected 0, got %%d\n", status);
    return status != 0;
}
