// Products of small matrices in double precision: a block of rows times one vector of columns stays in
// registers while the inner index runs. BLOCK_ROWS, the rows of a block,
// is as many accumulators as the registers of the path allow.

INLINE void product_block(const double *a, long a_row, long a_column, const double *b, long b_row,
                          double *c, long c_row, int rows, long lanes, long inner) {
  vd sums[BLOCK_ROWS];
  for (int i = 0; i < rows; i++) sums[i] = 0.0;
  for (long k = 0; k < inner; k++) {
    vd right = load_some(b + k * b_row, lanes);
    for (int i = 0; i < rows; i++) {
      sums[i] = fma8((vd)(a[i * a_row + k * a_column]), right, sums[i]);
    }
  }
  for (int i = 0; i < rows; i++) store_some(c + i * c_row, sums[i], lanes);
}

static void product_of_doubles(const double *a, long a_row, long a_column, const double *b,
                               long b_row, double *c, long c_row, long rows, long columns,
                               long inner) {
  for (long j = 0; j < columns; j += LANES) {
    long lanes = columns - j < LANES ? columns - j : LANES;
    long i = 0;
    for (; i + BLOCK_ROWS <= rows; i += BLOCK_ROWS) {
      const double *left = a + i * a_row;
      double *result = c + i * c_row + j;
      if (lanes == LANES) {
        product_block(left, a_row, a_column, b + j, b_row, result, c_row, BLOCK_ROWS, LANES, inner);
      } else {
        product_block(left, a_row, a_column, b + j, b_row, result, c_row, BLOCK_ROWS, lanes, inner);
      }
    }
    for (; i < rows; i++) {
      product_block(a + i * a_row, a_row, a_column, b + j, b_row, c + i * c_row + j, c_row, 1, lanes,
                    inner);
    }
  }
}
