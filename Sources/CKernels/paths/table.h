// The loops of one path, gathered for `ck_kernels_for`. The path defines PATH_TABLE, PATH, and the
// shape of its register block: PANEL_ROWS × PANEL_VECTORS vectors.

#include "vector.h"

#include "functions.h"

#include "elementwise.h"

#include "rows.h"

#include "optimizers.h"

#include "random.h"

#include "product.h"

#include "maxout.h"

#include "peak.h"

const ck_kernels PATH_TABLE = {
    .path = PATH,
    .product_plan = product_plan,
    .product_pack = product_pack,
    .product_task = product_task,
    .add = add,
    .subtract = subtract,
    .multiply = multiply,
    .divide = divide,
    .add_scaled = add_scaled,
    .scale = scale,
    .shift = shift,
    .clamp = clamp,
    .sign = sign,
    .magnitude = magnitude,
    .square_root = square_root,
    .exponential = exponential,
    .logarithm = logarithm,
    .softplus = softplus,
    .relu = relu,
    .relu_back = relu_back,
    .sigmoid = sigmoid,
    .sigmoid_back = sigmoid_back,
    .hyperbolic_tangent = hyperbolic_tangent,
    .hyperbolic_tangent_back = hyperbolic_tangent_back,
    .unit_range = unit_range,
    .sum = sum,
    .sum_of_squares = sum_of_squares,
    .sum_of_magnitudes = sum_of_magnitudes,
    .largest_magnitude = largest_magnitude,
    .column_sums = column_sums,
    .softmax = softmax,
    .log_softmax = log_softmax,
    .cross_entropy = cross_entropy,
    .logistic = logistic,
    .maxout_select = maxout_select,
    .maxout_weights = maxout_weights,
    .maxout_biases = maxout_biases,
    .maxout_input = maxout_input,
    .sgd = sgd,
    .adam = adam,
    .uniform = uniform,
    .normal = normal,
    .dropout = dropout,
    .peak = peak,
};
