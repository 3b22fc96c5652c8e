// C = A·B, packed and register-blocked. A is packed once into panels of at most PANEL_ROWS rows
// (element (i, p) of a panel of r rows at p·r + i); each task packs a few panels of PANEL_COLUMNS
// columns of B into its worker's buffer, which stays in the second-level cache, and runs all its
// row panels past them. The inner dimension is cut into slices of at most DEPTH so that both fit;
// C is stored and loaded between slices, which keeps each element one fma chain in index order
// whatever the sizes.

// Measured on AVX-512 with 1 MiB of second-level cache: longer slices store C less often, and the
// columns of a task (400 KB) still stay there.
enum {
  DEPTH = 800,
  PANEL_COLUMNS = PANEL_VECTORS * LANES,
  TASK_PANELS = 4,
  ROW_GROUP = 1024,
  AHEAD = 8,  // how many steps of the inner dimension to prefetch
};

INLINE long least(long a, long b) { return a < b ? a : b; }
INLINE long quotient_up(long a, long b) { return (a + b - 1) / b; }

// Where part `index` of `count` begins, when `total` is cut into nearly equal parts.
INLINE long part_start(long total, long count, long index) {
  return total / count * index + least(index, total % count);
}

static void product_plan(ck_product *t, long threads) {
  t->depths = t->k > 0 ? quotient_up(t->k, DEPTH) : 1;
  t->depth = quotient_up(t->k, t->depths);
  t->row_panels = quotient_up(t->m, PANEL_ROWS);
  t->row_groups = quotient_up(t->m, ROW_GROUP);
  t->column_panels = quotient_up(t->n, PANEL_COLUMNS);
  t->panels_per_task = TASK_PANELS;
  // Enough tasks that the last ones to finish leave nobody idle for long.
  long wanted = threads > 1 ? 8 * threads : 1;
  while (t->panels_per_task > 1 &&
         t->row_groups * quotient_up(t->column_panels, t->panels_per_task) < wanted) {
    t->panels_per_task--;
  }
  t->column_groups = quotient_up(t->column_panels, t->panels_per_task);
  while (t->row_groups * t->column_groups < 2 * threads && t->row_groups * 2 <= t->row_panels) {
    t->row_groups *= 2;
  }
  // A vector may be stored over the end of the last row panel.
  t->packed_a_floats = t->m * t->k + LANES;
  t->packed_b_floats = t->panels_per_task * PANEL_COLUMNS * (t->depth + 1);
}

// Transposes 16×16 by four rounds of interleaving the halves.
INLINE void transpose16(vf v[LANES]) {
  for (int round = 0; round < 4; round++) {
    vf u[LANES];
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
      u[2 * i] = __builtin_shufflevector(v[i], v[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21,
                                         6, 22, 7, 23);
      u[2 * i + 1] = __builtin_shufflevector(v[i], v[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28,
                                             13, 29, 14, 30, 15, 31);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) v[i] = u[i];
  }
}

static void product_pack(const ck_product *t, long panel) {
  long begin = part_start(t->m, t->row_panels, panel);
  long rows = part_start(t->m, t->row_panels, panel + 1) - begin;
  const float *a = t->a.data + begin * t->a.row_stride;
  float *out = t->packed_a + begin * t->k;
  // The slices of one panel follow each other, so a panel is one run of k·rows floats.
  long p = 0;
  if (t->a.column_stride == 1) {
    // Whole vectors go down at steps of `rows`; each covers what the one before wrote beyond its
    // rows. The last 16 columns of a panel go by single floats, so no panel spills into the next.
    for (; p + 2 * LANES <= t->k; p += LANES) {
      vf v[LANES];
      for (int i = 0; i < LANES; i++) {
        v[i] = i < rows ? load(a + i * t->a.row_stride + p) : (vf)(0.0f);
      }
      transpose16(v);
      for (int i = 0; i < LANES; i++) store(out + (p + i) * rows, v[i]);
    }
  }
  for (; p < t->k; p++) {
    for (long i = 0; i < rows; i++) {
      out[p * rows + i] = a[i * t->a.row_stride + p * t->a.column_stride];
    }
  }
}

INLINE long source_column(const ck_product *t, long j) {
  long each = t->n / t->pieces;
  return t->pieces == 1 ? j : j % each * t->pieces + j / each;
}

// Packs whole rows of the panels first..<last where the columns of B lie side by side: each row of
// the slice is read once, from end to end.
INLINE void pack_rows(const ck_product *t, long first, long last, long begin, long end,
                      float *out) {
  for (long p = begin; p < end; p++) {
    const float *b = t->b.data + p * t->b.row_stride;
    for (long panel = first; panel < last; panel++) {
      long start = panel * PANEL_COLUMNS, columns = least(PANEL_COLUMNS, t->n - start);
      long width = quotient_up(columns, LANES) * LANES;
      float *to = out + (panel - first) * PANEL_COLUMNS * t->depth + (p - begin) * width;
      for (long v = 0; v < width; v += LANES) {
        __builtin_prefetch(b + AHEAD * t->b.row_stride + start + v);
        store(to + v, load_some(b + start + v, columns - v));
      }
    }
  }
}

// Packs `columns` of B from column `first`, slice begin..<end, into vectors of `width` floats.
INLINE void pack_columns(const ck_product *t, long first, long columns, long width, long begin,
                         long end, float *out) {
  long row = t->b.row_stride, column = t->b.column_stride;
  for (long v = 0; v < width; v += LANES) {
    const float *b[LANES];
    for (long i = 0; i < LANES; i++) {
      long j = least(first + v + i, t->n - 1);  // beyond the last column anything will do
      b[i] = t->b.data + source_column(t, j) * column;
    }
    long p = begin;
    if (row == 1) {
      for (; p + LANES <= end; p += LANES) {
        vf block[LANES];
        for (int i = 0; i < LANES; i++) {
          block[i] = load(b[i] + p);
          __builtin_prefetch(b[i] + p + 4 * LANES);
        }
        transpose16(block);
        for (int i = 0; i < LANES; i++) store(out + (p - begin + i) * width + v, block[i]);
      }
    }
    for (; p < end; p++) {
      for (long i = 0; i < LANES; i++) out[(p - begin) * width + v + i] = b[i][p * row];
    }
  }
}

// A block of rows × 16·vectors of C: from `start` (the same for each row) or from C itself.
INLINE void block(const int rows, const int vectors, long depth, const float *a, const float *b,
                  const float *start, float *c, long stride) {
  vf sum[PANEL_ROWS][PANEL_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      sum[i][v] = load(start ? start + v * LANES : c + i * stride + v * LANES);
    }
  }
  for (long p = 0; p < depth; p++) {
    vf columns[PANEL_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      columns[v] = load(b + v * LANES);
      __builtin_prefetch(b + (AHEAD * vectors + v) * LANES);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      vf row = (vf)(a[i]);
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) sum[i][v] = fma16(row, columns[v], sum[i][v]);
    }
    a += rows;
    b += vectors * LANES;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) store(c + i * stride + v * LANES, sum[i][v]);
  }
}

typedef void (*block_function)(long depth, const float *a, const float *b, const float *start,
                               float *c, long stride);

#define BLOCK(rows, vectors)                                                              \
  static void block_##rows##_##vectors(long depth, const float *a, const float *b,        \
                                       const float *start, float *c, long stride) {       \
    block(rows, vectors, depth, a, b, start, c, stride);                                  \
  }
#define BLOCKS_UP_TO_6(vectors) \
  BLOCK(1, vectors) BLOCK(2, vectors) BLOCK(3, vectors) BLOCK(4, vectors) BLOCK(5, vectors) \
  BLOCK(6, vectors)
#define BLOCKS_UP_TO_14(vectors)                                                             \
  BLOCKS_UP_TO_6(vectors) BLOCK(7, vectors) BLOCK(8, vectors) BLOCK(9, vectors)              \
  BLOCK(10, vectors) BLOCK(11, vectors) BLOCK(12, vectors) BLOCK(13, vectors) BLOCK(14, vectors)
#define LIST_UP_TO_6(v) block_1_##v, block_2_##v, block_3_##v, block_4_##v, block_5_##v, block_6_##v
#define LIST_UP_TO_14(v)                                                                  \
  LIST_UP_TO_6(v), block_7_##v, block_8_##v, block_9_##v, block_10_##v, block_11_##v,     \
      block_12_##v, block_13_##v, block_14_##v

#if PANEL_VECTORS == 2
BLOCKS_UP_TO_14(1)
BLOCKS_UP_TO_14(2)
static const block_function block_of[2][PANEL_ROWS] = {{LIST_UP_TO_14(1)}, {LIST_UP_TO_14(2)}};
#else
BLOCKS_UP_TO_6(1)
static const block_function block_of[1][PANEL_ROWS] = {{LIST_UP_TO_6(1)}};
#endif

// One row panel times one column panel; a panel that hangs over the edge goes through a copy.
INLINE void product_tile(const ck_product *t, long row, long rows, long first, long columns,
                         long vectors, long depth, const float *a, const float *b,
                         const float *start) {
  block_function run = block_of[vectors - 1][rows - 1];
  float *c = t->c + row * t->c_stride + first;
  if (columns == vectors * LANES) {
    run(depth, a, b, start, c, t->c_stride);
    return;
  }
  float copy[PANEL_ROWS * PANEL_COLUMNS];
  size_t bytes = (size_t)columns * sizeof(float);
  if (!start) {
    memset(copy, 0, sizeof copy);
    for (long i = 0; i < rows; i++) memcpy(copy + i * PANEL_COLUMNS, c + i * t->c_stride, bytes);
  }
  run(depth, a, b, start, copy, PANEL_COLUMNS);
  for (long i = 0; i < rows; i++) memcpy(c + i * t->c_stride, copy + i * PANEL_COLUMNS, bytes);
}

static void product_task(const ck_product *t, long task, long worker) {
  long group = task % t->row_groups;
  long first_row_panel = part_start(t->row_panels, t->row_groups, group);
  long last_row_panel = part_start(t->row_panels, t->row_groups, group + 1);
  long first_panel = part_start(t->column_panels, t->column_groups, task / t->row_groups);
  long last_panel = part_start(t->column_panels, t->column_groups, task / t->row_groups + 1);
  float *packed = t->packed_b + worker * t->packed_b_floats;
  float *starts = packed + t->panels_per_task * PANEL_COLUMNS * t->depth;

  for (long slice = 0; slice < t->depths; slice++) {
    long begin = slice * t->depth, end = least(begin + t->depth, t->k);
    int by_rows = t->b.column_stride == 1 && t->pieces == 1;
    if (by_rows) pack_rows(t, first_panel, last_panel, begin, end, packed);
    for (long panel = first_panel; panel < last_panel; panel++) {
      long first = panel * PANEL_COLUMNS, columns = least(PANEL_COLUMNS, t->n - first);
      long width = quotient_up(columns, LANES) * LANES;
      float *b = packed + (panel - first_panel) * PANEL_COLUMNS * t->depth;
      if (!by_rows) pack_columns(t, first, columns, width, begin, end, b);
      float *start = starts + (panel - first_panel) * PANEL_COLUMNS;
      for (long j = 0; j < PANEL_COLUMNS && slice == 0; j++) {
        start[j] = t->bias && j < columns ? t->bias[source_column(t, first + j)] : 0.0f;
      }
    }
    for (long i = first_row_panel; i < last_row_panel; i++) {
      long row = part_start(t->m, t->row_panels, i);
      long rows = part_start(t->m, t->row_panels, i + 1) - row;
      const float *a = t->packed_a + row * t->k + begin * rows;
      for (long panel = first_panel; panel < last_panel; panel++) {
        long first = panel * PANEL_COLUMNS, columns = least(PANEL_COLUMNS, t->n - first);
        const float *b = packed + (panel - first_panel) * PANEL_COLUMNS * t->depth;
        const float *start = starts + (panel - first_panel) * PANEL_COLUMNS;
        product_tile(t, row, rows, first, columns, quotient_up(columns, LANES), end - begin, a, b,
                     slice == 0 ? start : (const float *)0);
      }
    }
  }
}
