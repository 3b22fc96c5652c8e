// The convolution loops of one path, gathered for `ck_convolution_for`. The path defines
// CONVOLUTION_TABLE, the register block TILE_ROWS × TILE_VECTORS vectors of the two ways that
// multiply by weights, and the block DOT_ROWS × DOT_COLUMNS of the one that makes their gradient.

#include "CConvolution.h"

#include "../paths/vector.h"

#include "shifted_copies.h"

#include "tiles.h"

#include "convolve.h"

#include "convolve_weights.h"

#include "convolve_input.h"

#include "pooling.h"

static void convolution_plan(ck_convolution *t) {
  forward_plan(t);
  weights_plan(t);
  input_plan(t);
  t->packed_floats = t->outputs * t->channels * t->kernel * t->kernel + LANES;
}

const ck_convolution_kernels CONVOLUTION_TABLE = {
    .plan = convolution_plan,
    .pack_forward = pack_forward,
    .pack_input = pack_input,
    .forward = convolve,
    .input = convolve_input,
    .weights = convolve_weights,
    .max_pool = max_pool,
    .max_pool_back = max_pool_back,
    .spread = spread,
};
