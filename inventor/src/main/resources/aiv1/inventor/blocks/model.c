//: common
/* What is coded at once: contexts, the number (-1: to be read), what is known of it, the block and place it is for. */
typedef struct { int contexts[6], goal, found, at, where; } item;

/* What a context has seen: the chance of a one, the observations behind it, and what was met in the batch at hand. */
typedef struct { double chance, count, met, ones; } memory;

enum { CONTEXTS = 9000 };

static memory *recall(memory *of, double count) {
    if (!of->count) of->chance = 0.5, of->count = count;
    return of;
}

static void note(memory *of, long bit) { of->met++, of->ones += bit; }

/* Moves a chance towards what was seen. */
static void learn(memory *of) {
    double sum = of->count + of->met;
    if (!of->met) return;
    of->chance = (of->chance * of->count + of->ones) / sum;
    of->count = sum < MEMORY ? sum : MEMORY;
    of->met = of->ones = 0;
}
