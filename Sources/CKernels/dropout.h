// Dropout (Srivastava et al. 2014) from a counter: whether an element is kept is a mix of its key, row and column, so
// that backward finds the same mask again and no mask is stored. Integers alone: all levels agree to the bit.

// One row's part of the mix.
typedef struct {
    bool any;
    uint32_t first, second;
    int32_t least_kept;
    float scale;
} row_mask;

// splitmix64's finalizer (Steele et al. 2014).
static uint64_t mixed(uint64_t z) {
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static row_mask mask_of(const ck_dropout *d, size_t row) {
    if (!d) return (row_mask){0};
    uint64_t key = mixed(d->key + d->rows[row] * 0x9E3779B97F4A7C15u);
    return (row_mask){true, (uint32_t)key, (uint32_t)(key >> 32), d->least_kept, d->scale};
}

#if W == 4
#define COUNT {0, 1, 2, 3}
#elif W == 8
#define COUNT {0, 1, 2, 3, 4, 5, 6, 7}
#else
#define COUNT {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
#endif

// What W elements from `column` on are multiplied by: 0 or the scale. Two rounds of a 32-bit mix, the row's second word
// between them, so that rows are 2^64 sequences and not shifts of one.
INLINE vf mask_at(const row_mask *m, size_t column) {
    const vu count = COUNT;
    vu x = (count + (uint32_t)column) * 0x9E3779B9u ^ m->first;
    x = (x ^ x >> 16) * 0x7FEB352Du;
    x = (x ^ x >> 15) + m->second;
    x = (x ^ x >> 16) * 0x846CA68Bu;
    x ^= x >> 15;
    return pick((vi)x >= m->least_kept, splat(m->scale), (vf){0});
}

INLINE vf dropped(vf v, const row_mask *m, size_t column) { return m->any ? v * mask_at(m, column) : v; }

static void drop(float *x, size_t stride, size_t rows, size_t columns, const ck_dropout *d) {
    for (size_t r = 0; r < rows; r++, x += stride) {
        row_mask mask = mask_of(d, r);
        EACH(i, n, columns) store_first(x + i, dropped(load_first(x + i, n), &mask, i), n);
    }
}
