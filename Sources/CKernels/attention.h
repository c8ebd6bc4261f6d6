// Scaled dot-product attention of one head of one sequence (Vaswani et al. 2017, eq. 1), forward and backward.
//
// No [tokens, tokens] matrix is kept: forward leaves two numbers a query, from which backward makes its row again.
#define QUERIES 48  // query rows whose weights backward holds at a time

// Rows of scores lie this far apart: not a power of two, whose columns would share a few sets of the cache.
static size_t score_stride(size_t tokens) { return up_to(tokens, PANEL) + PANEL; }

// Scratch of `attend`: keys transposed in panels [T/PANEL][D][PANEL], values in panels [D/PANEL][T][PANEL], both
// padded with zeros, then ROWS rows of scores.
static size_t attend_scratch(size_t tokens, size_t size) {
    return up_to(tokens, PANEL) * size + up_to(size, PANEL) * tokens + ROWS * score_stride(tokens);
}

// x[tokens, size] -> panels [T/PANEL][D][PANEL] of its transpose.
static void pack_transposed_rows(const float *x, size_t stride, size_t tokens, size_t size, float *out) {
    for (size_t t = 0; t < tokens; t += PANEL, out += size * PANEL)
        for (size_t j = 0; j < PANEL; j++) {
            const float *row = x + (t + j) * stride;
            for (size_t d = 0; d < size; d++) out[d * PANEL + j] = t + j < tokens ? row[d] : 0;
        }
}

// out[rows, padded] = x[rows, size] times the transpose of the packed rows.
INLINE void score(size_t rows, const float *x, size_t stride, const float *packed, const ck_head *h, float *out) {
    size_t out_stride = score_stride(h->tokens);
    for (size_t j = 0; j < h->tokens; j += PANEL)
        tile_of(rows, x, stride, packed + j * h->size, h->size, out + j, out_stride, PANEL, false);
}

// c[rows, size] (+)= weights times packed panels [D/PANEL][depth][PANEL].
#define GATHER(TILES, rows, weights, stride, panels, depth, c, c_stride, size, add)                                    \
    for (size_t d = 0; d < (size); d += PANEL)                                                                         \
        TILES(rows, weights, stride, (panels) + d * (depth), depth, (c) + d, c_stride, least(PANEL, (size)-d), add);

// Scores of one query -> weights not yet divided by their sum. Padding gets no weight.
INLINE ck_softmax exponentiate(float *scores, size_t tokens, float scale) {
    vf greatest = splat(scores[0]);
    EACH(i, n, tokens) greatest = greater_of(greatest, keep_first(load(scores + i), n, scores[0]));
    float shift = maximum_of(greatest) * scale;
    vf sum = {0};
    EACH(i, n, tokens) {
        vf e = keep_first(exponential(load(scores + i) * scale - shift), n, 0);
        store(scores + i, e);
        sum += e;
    }
    return (ck_softmax){shift, 1.0f / sum_of(sum)};
}

static void attend(const ck_head *h, float *out, size_t out_stride, ck_softmax *kept, const ck_dropout *dropout,
                   float *scratch) {
    size_t padded = up_to(h->tokens, PANEL), stride = score_stride(h->tokens);
    float *keys = scratch, *values = keys + padded * h->size, *scores = values + up_to(h->size, PANEL) * h->tokens;
    pack_transposed_rows(h->key, h->stride, h->tokens, h->size, keys);
    pack_columns(h->value, h->stride, h->tokens, h->size, values);
    for (size_t t = 0, rows; t < h->tokens; t += rows, out += rows * out_stride) {
        rows = tile_rows(h->tokens - t);
        score(rows, h->query + t * h->stride, h->stride, keys, h, scores);
        ck_softmax of_row[ROWS];
        for (size_t i = 0; i < rows; i++) {
            float *row = scores + i * stride;
            of_row[i] = exponentiate(row, h->tokens, h->scale);
            if (kept) kept[t + i] = of_row[i];
            if (dropout) {
                row_mask mask = mask_of(dropout, t + i);
                EACH(j, n, h->tokens) store(row + j, dropped(load(row + j), &mask, j));
            }
        }
        GATHER(tile_of, rows, scores, stride, values, h->tokens, out, out_stride, h->size, false)
        for (size_t i = 0; i < rows; i++) {
            float *row = out + i * out_stride;
            EACH(d, n, h->size) store_first(row + d, load_first(row + d, n) * of_row[i].inverse, n);
        }
    }
}

// Scratch of `attend_backward`: keys and values transposed, keys in panels, queries and dout of one block in panels,
// then two blocks of weights.
static size_t attend_backward_scratch(size_t tokens, size_t size) {
    return 2 * up_to(tokens, PANEL) * size + up_to(size, PANEL) * (tokens + 2 * QUERIES)
           + 2 * QUERIES * score_stride(tokens);
}

// One row: scores -> the dropped weights that forward used; dout v^T -> the gradient of the scores, where `along` is
// the sum of weights times their gradients, which equals out dout.
INLINE void weigh_backward(float *scores, float *gradient, size_t tokens, float scale, ck_softmax kept, float along,
                           const row_mask *mask) {
    EACH(j, n, tokens) {
        vf p = keep_first(exponential(load(scores + j) * scale - kept.shift) * kept.inverse, n, 0);
        vf m = mask->any ? mask_at(mask, j) : splat(1.0f);
        store(scores + j, p * m);
        store(gradient + j, p * (load(gradient + j) * m - along) * scale);
    }
}

INLINE float inner(const float *a, const float *b, size_t count) {
    vf sum = {0};
    EACH(i, n, count) sum += load_first(a + i, n) * load_first(b + i, n);
    return sum_of(sum);
}

static void attend_backward(const ck_head *h, const float *out, const float *dout, size_t out_stride,
                            const ck_softmax *kept, const ck_dropout *dropout, float *dquery, float *dkey,
                            float *dvalue, float *scratch) {
    size_t padded = up_to(h->tokens, PANEL), stride = score_stride(h->tokens), width = up_to(h->size, PANEL);
    float *keys = scratch, *values = keys + padded * h->size, *key_panels = values + padded * h->size;
    float *query_panels = key_panels + width * h->tokens, *dout_panels = query_panels + width * QUERIES;
    float *weights = dout_panels + width * QUERIES, *gradients = weights + QUERIES * stride;
    pack_transposed_rows(h->key, h->stride, h->tokens, h->size, keys);
    pack_transposed_rows(h->value, h->stride, h->tokens, h->size, values);
    pack_columns(h->key, h->stride, h->tokens, h->size, key_panels);
    for (size_t t = 0, count; t < h->tokens; t += count) {
        count = least(QUERIES, h->tokens - t);
        const float *query = h->query + t * h->stride, *dblock = dout + t * out_stride;
        pack_columns(query, h->stride, count, h->size, query_panels);
        pack_columns(dblock, out_stride, count, h->size, dout_panels);
        for (size_t i = 0, rows; i < count; i += rows) {
            rows = tile_rows(count - i);
            score(rows, query + i * h->stride, h->stride, keys, h, weights + i * stride);
            score(rows, dblock + i * out_stride, out_stride, values, h, gradients + i * stride);
            for (size_t r = i; r < i + rows; r++) {
                row_mask mask = mask_of(dropout, t + r);
                float along = inner(out + (t + r) * out_stride, dblock + r * out_stride, h->size);
                weigh_backward(weights + r * stride, gradients + r * stride, h->tokens, h->scale, kept[t + r], along,
                               &mask);
            }
            GATHER(tile_of, rows, gradients + i * stride, stride, key_panels, h->tokens,
                   dquery + (t + i) * h->stride, h->stride, h->size, false)
        }
        for (size_t j = 0, rows; j < h->tokens; j += rows) {
            rows = tile_rows(h->tokens - j);
            GATHER(tile_of_columns, rows, weights + j, stride, dout_panels, count, dvalue + j * h->stride, h->stride,
                   h->size, t > 0)
            GATHER(tile_of_columns, rows, gradients + j, stride, query_panels, count, dkey + j * h->stride, h->stride,
                   h->size, t > 0)
        }
    }
}
