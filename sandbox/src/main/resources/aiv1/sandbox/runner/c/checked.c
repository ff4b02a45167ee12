/* What a checked program has beside the sanitizer: each block of memory ends at a page that nobody may touch, so that a read or write behind it
 * faults at once, and a fault tells its line. AddressSanitizer would do the same and more, but its 15 TB of shadow do not fit the sandbox's limits.
 *
 * A block is a mapping of its own: [head ... | block][page without access]. Freed blocks are unmapped, so that their use faults too. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { PAGE = 4096, ALIGNMENT = 16, GUARDED_COUNT_MAX = 30000, FRAME_COUNT_MAX = 12, STACK_BYTES = 1 << 16 };

typedef struct {
    void *start;
    size_t mapped, size;
    uint64_t magic;
} head_t;

static const uint64_t MAGIC = 0x41695631626c6f63u;
static int guarded_count;
static char *program;
static uint8_t handler_stack[STACK_BYTES];

/* Ends the program and leaves the telling of lines to addr2line, which the compiler brings along. */
static void tell(const char *what, uintptr_t *places, int count) {
    static char text[FRAME_COUNT_MAX][20];
    static char *words[FRAME_COUNT_MAX + 4] = {"addr2line", "-e"};
    words[2] = program;
    for (int i = 0; i < count; i++) {
        snprintf(text[i], sizeof text[i], "%#zx", (size_t)places[i]);
        words[3 + i] = text[i];
    }
    dprintf(2, "memory fault: %s\n", what);
    dup2(2, 1);
    execv("/usr/bin/addr2line", words);
    _exit(1);
}

/* Where it is and who called: functions of the C library keep no frame, so what lies on top of the stack is tried as well. */
static void on_fault(int number, siginfo_t *info, void *context) {
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    uintptr_t places[FRAME_COUNT_MAX] = {(uintptr_t)registers[REG_RIP]};
    int count = 1;
    uintptr_t top = (uintptr_t)registers[REG_RSP], frame = (uintptr_t)registers[REG_RBP];
    char what[80];
    snprintf(what, sizeof what, "%s at address %p", number == SIGBUS ? "bus error" : "no access", info->si_addr);
    signal(SIGSEGV, SIG_DFL);
    if (places[0] == 0 || (uintptr_t)info->si_addr - top > PAGE) places[count++] = *(uintptr_t *)top - 1;
    while (count < FRAME_COUNT_MAX && frame >= top && frame % 8 == 0 && frame - top < (8u << 20)) {
        places[count++] = ((uintptr_t *)frame)[1] - 1;
        uintptr_t next = *(uintptr_t *)frame;
        if (next <= frame) break;
        frame = next;
    }
    tell(what, places, count);
}

__attribute__((constructor(101))) static void watch(int argc, char **argv) {
    program = argc > 0 ? argv[0] : "";
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    sigaltstack(&stack, NULL);
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

static head_t *head(void *block) { return (head_t *)((uintptr_t)block & ~(uintptr_t)(ALIGNMENT - 1)) - 1; }

static void *take(size_t alignment, size_t size) {
    if (alignment < ALIGNMENT) alignment = ALIGNMENT;
    if (size > SIZE_MAX / 4 || alignment > SIZE_MAX / 4) {
        errno = ENOMEM;
        return NULL;
    }
    size_t inner = (size + sizeof(head_t) + alignment + PAGE - 1) / PAGE * PAGE;
    size_t guard = __atomic_add_fetch(&guarded_count, 1, __ATOMIC_RELAXED) <= GUARDED_COUNT_MAX ? PAGE : 0;
    uint8_t *start = mmap(NULL, inner + guard, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) {
        errno = ENOMEM;
        return NULL;
    }
    if (guard) mprotect(start + inner, guard, PROT_NONE);
    uint8_t *block = (uint8_t *)(((uintptr_t)start + inner - size) & ~(uintptr_t)(alignment - 1));
    *head(block) = (head_t){start, inner + guard, size, MAGIC};
    return block;
}

void *malloc(size_t size) { return take(ALIGNMENT, size); }

void *calloc(size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return take(ALIGNMENT, count * size);
}

void free(void *block) {
    if (!block) return;
    head_t known = *head(block);
    if (known.magic != MAGIC) {
        uintptr_t place = (uintptr_t)__builtin_return_address(0) - 1;
        tell("freed what was not allocated, or wrote before its start", &place, 1);
    }
    __atomic_sub_fetch(&guarded_count, 1, __ATOMIC_RELAXED);
    munmap(known.start, known.mapped);
}

void *realloc(void *block, size_t size) {
    void *other = take(ALIGNMENT, size);
    if (block && other) {
        size_t old = head(block)->size;
        memcpy(other, block, old < size ? old : size);
        free(block);
    }
    return other;
}

void *memalign(size_t alignment, size_t size) { return take(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { return take(alignment, size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
    *block = take(alignment, size);
    return *block ? 0 : ENOMEM;
}
