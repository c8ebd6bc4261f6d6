// The kernels themselves, compiled once a level. The including file defines W (floats of a vector), ROWS (rows of a tile
// that fit its registers: 2 * ROWS accumulators, two vectors of b and one broadcast) and TABLE (the name of the table).
#include "CKernels.h"
#include "vectors.h"

#pragma clang fp contract(fast)

#include "products.h"
#include "dropout.h"
#include "rows.h"
#include "attention.h"

const ck_kernels TABLE = {
    .panel = PANEL,
    .tile = ROWS,
    .packed_size = packed_size,
    .pack = pack,
    .pack_columns = pack_columns,
    .multiply = multiply,
    .accumulate_scratch = DEPTH * STRIP,
    .accumulate = accumulate,
    .add_column_sums = add_column_sums,
    .activate = activate,
    .activate_keeping = activate_keeping,
    .activate_backward = activate_backward,
    .add_normalize = add_normalize,
    .add_normalize_keeping = add_normalize_keeping,
    .normalize_backward = normalize_backward,
    .add_norm_gradients = add_norm_gradients,
    .embed = embed,
    .embed_keeping = embed_keeping,
    .scatter = scatter,
    .drop = drop,
    .attend_scratch = attend_scratch,
    .attend = attend,
    .attend_backward_scratch = attend_backward_scratch,
    .attend_backward = attend_backward,
    .pool_sum = pool_sum,
    .pool_max = pool_max,
    .scale_to_unit = scale_to_unit,
};
