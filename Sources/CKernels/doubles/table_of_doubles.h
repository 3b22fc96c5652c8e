// The loops over arrays, and the table of one path.

#include "vector8.h"

#include "functions8.h"
#include "product8.h"

static void exp_of_doubles(double *x, long n) {
  for (long i = 0; i < n; i += LANES) store_some(x + i, exp8(load_some(x + i, n - i)), n - i);
}

static void log_of_doubles(double *x, long n) {
  for (long i = 0; i < n; i += LANES) store_some(x + i, log8(load_some(x + i, n - i)), n - i);
}

static void normal_of_doubles(const double *z, double *cumulative, double *density, long n) {
  for (long i = 0; i < n; i += LANES) {
    vd below, here;
    normal8(load_some(z + i, n - i), &below, &here);
    store_some(cumulative + i, below, n - i);
    store_some(density + i, here, n - i);
  }
}

const ck_double_kernels DOUBLE_TABLE = {
    .product = product_of_doubles,
    .exp = exp_of_doubles,
    .log = log_of_doubles,
    .normal = normal_of_doubles,
};
