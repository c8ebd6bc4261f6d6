// Products of activations with weights, and of activations with each other: y = x Wᵀ, dx = dy W, dW += dyᵀ x.
//
// All are made of one tile: a few rows of the result times one panel, the sums in registers. Every element is summed in
// the same order whatever the tile, the strip or the lane that it falls into.
#define PANEL (2 * W)
#define DEPTH 384  // products summed at a time: a panel of that depth (48 KiB at most) stays in the nearest caches
#define STRIP 192  // rows that pass over one panel while it is there

static size_t up_to(size_t n, size_t multiple) { return (n + multiple - 1) / multiple * multiple; }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }

#define EACH(i, n, columns) for (size_t i = 0, n; i < columns && (n = least(W, columns - i)); i += W)

// c[rows, n] (+)= a[rows, depth] b, where b is one panel [depth, PANEL] and element (i, k) of a is
// a[i * a_stride + k * k_stride]; rows is a constant once inlined.
INLINE void tile(size_t rows, const float *a, size_t a_stride, size_t k_stride, const float *b, size_t depth, float *c,
                 size_t c_stride, size_t n, bool add) {
    vf sum[ROWS][2];
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
        sum[i][0] = sum[i][1] = (vf){0};
    }
    for (size_t k = 0; k < depth; k++) {
        vf b0 = load(b + k * PANEL), b1 = load(b + k * PANEL + W);
#pragma clang loop unroll(full)
        for (size_t i = 0; i < rows; i++) {
            vf x = splat(a[i * a_stride + k * k_stride]);
            sum[i][0] += x * b0;
            sum[i][1] += x * b1;
        }
    }
    size_t n0 = least(n, W), n1 = n - n0;
#pragma clang loop unroll(full)
    for (size_t i = 0; i < rows; i++) {
        float *row = c + i * c_stride;
        if (add) {
            sum[i][0] += load_first(row, n0);
            sum[i][1] += load_first(row + n0, n1);
        }
        store_first(row, sum[i][0], n0);
        store_first(row + n0, sum[i][1], n1);
    }
}

#if ROWS > 6
#define EACH_HEIGHT TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6) TILE(7) TILE(8) TILE(9) TILE(10) TILE(11) TILE(12)
#else
#define EACH_HEIGHT TILE(1) TILE(2) TILE(3) TILE(4) TILE(5) TILE(6)
#endif

// A tile of the rows of a.
#define TILE(R) case R: return tile(R, a, a_stride, 1, b, depth, c, c_stride, n, add);
static void tile_of(size_t rows, const float *a, size_t a_stride, const float *b, size_t depth, float *c,
                    size_t c_stride, size_t n, bool add) {
    switch (rows) { EACH_HEIGHT }
}
#undef TILE

// A tile of the columns of a: row i of the product belongs to column i.
#define TILE(R) case R: return tile(R, a, 1, a_stride, b, depth, c, c_stride, n, add);
static void tile_of_columns(size_t rows, const float *a, size_t a_stride, const float *b, size_t depth, float *c,
                            size_t c_stride, size_t n, bool add) {
    switch (rows) { EACH_HEIGHT }
}
#undef TILE

// Rows of the next tile when `left` remain: tiles of nearly equal height, so that none is thin.
static size_t tile_rows(size_t left) {
    size_t tiles = (left + ROWS - 1) / ROWS;
    return (left + tiles - 1) / tiles;
}

// Asks for the part of the next panel that belongs to a tile's rows: once all rows have passed, it is near. A tile that
// is alone would ask for a sliver, which the CPU foresees better by itself.
INLINE void fetch_ahead(const float *next, size_t depth, size_t row) {
    const size_t line = CK_ALIGNMENT / sizeof(float), count = depth * PANEL * ROWS / STRIP;
    for (size_t i = 0; i < count; i += line) __builtin_prefetch(next + row / ROWS * count + i, 0, 2);
}

// Asks for the rows of the result before their sums are made: where it is too large to stay near, adding to a tile of it
// would wait for memory.
INLINE void fetch_result(const float *c, size_t stride, size_t rows) {
    for (size_t i = 0; i < rows; i++) __builtin_prefetch(c + i * stride, 1, 3);
}

static size_t packed_size(size_t outputs, size_t inputs) { return up_to(outputs, PANEL) * inputs; }

static void pack(const float *weight, size_t outputs, size_t inputs, float *packed) {
    for (size_t o = 0; o < outputs; o += PANEL, packed += inputs * PANEL) {
        size_t n = least(PANEL, outputs - o);
        for (size_t k = 0; k < inputs; k++)
            for (size_t j = 0; j < PANEL; j++) packed[k * PANEL + j] = j < n ? weight[(o + j) * inputs + k] : 0;
    }
}

// The panels of `columns` columns of x[rows, stride], row by row so that x is read as it lies.
static void pack_columns(const float *x, size_t stride, size_t rows, size_t columns, float *packed) {
    for (size_t r = 0; r < rows; r++, x += stride, packed += PANEL)
        for (size_t i = 0; i < columns; i += PANEL) {
            size_t n = least(PANEL, columns - i), n0 = least(n, W);
            store(packed + i * rows, load_first(x + i, n0));
            store(packed + i * rows + W, load_first(x + i + n0, n - n0));
        }
}

static void multiply(const float *a, size_t a_stride, size_t rows, const float *packed, size_t inputs, float *c,
                     size_t c_stride, size_t from, size_t to, bool add) {
    const bool is_large = rows >= STRIP;
    for (size_t r = 0; r < rows; r += STRIP) {
        size_t end = least(rows, r + STRIP);
        for (size_t k = 0; k < inputs; k += DEPTH) {
            size_t depth = least(DEPTH, inputs - k);
            for (size_t o = from; o < to; o += PANEL) {
                const float *panel = packed + o * inputs + k * PANEL;
                for (size_t i = r, m; i < end; i += m) {
                    m = tile_rows(end - i);
                    if (m < end - r) fetch_ahead(panel + inputs * PANEL, depth, i - r);
                    if (is_large) fetch_result(c + i * c_stride + o, c_stride, m);
                    tile_of(m, a + i * a_stride + k, a_stride, panel, depth, c + i * c_stride + o, c_stride,
                            least(PANEL, to - o), add || k > 0);
                }
            }
        }
    }
}

// Up to STRIP columns of y[depth, stride] as tiles [depth, ROWS]; what a last tile lacks is not written.
static void pack_strip(const float *y, size_t stride, size_t depth, size_t columns, float *packed) {
    for (size_t k = 0; k < depth; k++, y += stride)
        for (size_t i = 0; i < columns; i += ROWS) {
            float *place = packed + i * depth + k * ROWS;
            if (columns - i >= ROWS)
                __builtin_memcpy(place, y + i, ROWS * sizeof(float));
            else
                for (size_t j = 0; j < columns - i; j++) place[j] = y[i + j];
        }
}

// The rows are cut in nearly equal blocks of DEPTH at most, each block's sum added to the gradient when it is complete.
static void accumulate(const float *dy, size_t stride, size_t rows, const float *packed, size_t inputs, float *gradient,
                       size_t from, size_t to, float *scratch) {
    for (size_t r = 0, depth; r < rows; r += depth) {
        size_t blocks = (rows - r + DEPTH - 1) / DEPTH;
        depth = (rows - r + blocks - 1) / blocks;
        for (size_t o = from; o < to; o += STRIP) {
            size_t outputs = least(STRIP, to - o);
            pack_strip(dy + r * stride + o, stride, depth, outputs, scratch);
            for (size_t i = 0; i < inputs; i += PANEL) {
                const float *panel = packed + i * rows + r * PANEL;
                for (size_t j = 0; j < outputs; j += ROWS) {
                    fetch_ahead(panel + rows * PANEL, depth, j);
                    fetch_result(gradient + (o + j) * inputs + i, inputs, least(ROWS, outputs - j));
                    tile_of_columns(least(ROWS, outputs - j), scratch + j * depth, ROWS, panel, depth,
                                    gradient + (o + j) * inputs + i, inputs, least(PANEL, inputs - i), true);
                }
            }
        }
    }
}

// Sums of columns, eight vectors side by side so that whole lines are read.
static void add_column_sums(const float *x, size_t stride, size_t rows, size_t columns, float *sums) {
    size_t i = 0;
    for (; i + 8 * W <= columns; i += 8 * W) {
        vf sum[8] = {0};
        for (size_t r = 0; r < rows; r++)
            for (size_t j = 0; j < 8; j++) sum[j] += load(x + r * stride + i + j * W);
        for (size_t j = 0; j < 8; j++) store(sums + i + j * W, load(sums + i + j * W) + sum[j]);
    }
    for (size_t n; i < columns; i += n) {
        n = least(W, columns - i);
        vf sum = {0};
        for (size_t r = 0; r < rows; r++) sum += load_first(x + r * stride + i, n);
        store_first(sums + i, load_first(sums + i, n) + sum, n);
    }
}
