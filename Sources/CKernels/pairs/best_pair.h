// The exact best pair of columns without trying all pairs, for `ck_pairs_for`. The path defines
// PAIR_TABLE.
//
// A pair with column p scores at most (a[p] + the largest a)·(b[p] + the largest b), and rounding
// keeps that order: sums and products of larger numbers never round to smaller ones. So a column
// whose bound is below a score already seen is in no best pair, not even as one of several equals.
// A few columns with high bounds give such a score; what survives it is scanned pair by pair.

#include "CPairs.h"

#include "../paths/vector.h"

// A column that is in no pair: any sum with it is −∞.
static const float left_out = -__builtin_inff();

typedef struct columns {
  float *a, *b;
  int32_t *index;
  long count;
} columns;

// Rounded up to whole vectors, with one more: a row of pairs may begin anywhere.
INLINE long padded(long n) { return (n + LANES - 1) / LANES * LANES + LANES; }

static long pair_scratch_floats(long n) { return 3 * padded(n); }

INLINE vf score_of(vf a, vf b) {
  vi admissible = (a > (vf)(0.0f)) & (b > (vf)(0.0f));
  return choose(admissible, a * b, (vf)(-1.0f));
}

INLINE void close_end(columns *c) {
  for (long i = c->count; i < padded(c->count); i++) c->a[i] = c->b[i] = left_out;
}

static void largest_of(const columns *c, float *a, float *b) {
  vf most_a = left_out, most_b = left_out;
  for (long i = 0; i < c->count; i += LANES) {
    most_a = larger(load(c->a + i), most_a);
    most_b = larger(load(c->b + i), most_b);
  }
  *a = largest_lane(most_a);
  *b = largest_lane(most_b);
}

// The score of the best partner among the columns from `begin` on for a column (a, b), or −1.
INLINE float best_partner(const columns *c, long begin, float a, float b) {
  vf best = -1.0f;
  for (long j = begin; j < c->count; j += LANES) {
    best = larger(score_of(load(c->a + j) + a, load(c->b + j) + b), best);
  }
  return largest_lane(best);
}

INLINE float score_with(const columns *c, long i, float a, float b) {
  float sum_a = c->a[i] + a, sum_b = c->b[i] + b;
  return sum_a > 0 && sum_b > 0 ? sum_a * sum_b : -1.0f;
}

// The partner with which a column scores most, or −1 if it has none.
static long partner_of(columns *c, long self) {
  float a = c->a[self], b = c->b[self];
  c->a[self] = left_out;
  float most = best_partner(c, 0, a, b);
  long partner = most < 0 ? -1 : 0;
  while (partner >= 0 && score_with(c, partner, a, b) != most) partner++;
  c->a[self] = a;
  return partner;
}

// A score that some pair has: that of the column with the highest bound and its best partner, of that
// partner and its own best, and so on; −1 if they have none.
static float some_score(columns *c, float most_a, float most_b) {
  float highest = best_partner(c, 0, most_a, most_b), score = -1.0f;
  if (highest < 0) return score;
  long column = 0;
  while (score_with(c, column, most_a, most_b) != highest) column++;
  for (int turn = 0; turn < 3; turn++) {
    long partner = partner_of(c, column);
    if (partner < 0) break;
    float found = score_with(c, partner, c->a[column], c->b[column]);
    if (found <= score) break;
    score = found;
    column = partner;
  }
  return score;
}

// Drops the columns whose bound is below `score` or that no partner can make admissible.
static void drop_below(columns *c, float most_a, float most_b, float score) {
  long kept = 0;
  for (long i = 0; i < c->count; i += LANES) {
    vf bound = score_of(load(c->a + i) + most_a, load(c->b + i) + most_b);
    vi stays = (bound >= (vf)(score)) & (bound >= (vf)(0.0f));
    if (!__builtin_reduce_or(stays)) continue;
    for (long j = i; j < i + LANES && j < c->count; j++) {
      if (!stays[j - i]) continue;
      c->a[kept] = c->a[j];
      c->b[kept] = c->b[j];
      c->index[kept] = c->index[j];
      kept++;
    }
  }
  c->count = kept;
  close_end(c);
}

static columns open_columns(const float *a, const float *b, const uint8_t *open, long n,
                            float *scratch) {
  long room = padded(n);
  columns c = {scratch, scratch + room, (int32_t *)(scratch + 2 * room), 0};
  for (long i = 0; i < n; i++) {
    c.a[c.count] = a[i];
    c.b[c.count] = b[i];
    c.index[c.count] = (int32_t)i;
    c.count += open[i] && a[i] - a[i] == 0 && b[i] - b[i] == 0;
  }
  close_end(&c);
  return c;
}

static ck_pair best_pair(const float *a, const float *b, const uint8_t *open, long n,
                         float *scratch) {
  columns c = open_columns(a, b, open, n, scratch);
  float most_a, most_b;
  largest_of(&c, &most_a, &most_b);
  float seen = some_score(&c, most_a, most_b);
  for (long before = c.count + 1; c.count < before && c.count > LANES;) {
    before = c.count;
    drop_below(&c, most_a, most_b, seen);
    largest_of(&c, &most_a, &most_b);
  }
  ck_pair best = {-1, -1};
  float most = -1.0f;
  for (long i = 0; i + 1 < c.count; i++) {
    float bound_a = c.a[i] + most_a, bound_b = c.b[i] + most_b;
    if (!(bound_a > 0 && bound_b > 0) || bound_a * bound_b <= most) continue;
    float score = best_partner(&c, i + 1, c.a[i], c.b[i]);
    if (score <= most) continue;
    long j = i + 1;
    while (score_with(&c, j, c.a[i], c.b[i]) != score) j++;
    best = (ck_pair){c.index[i], c.index[j]};
    most = score;
  }
  return best;
}

const ck_pair_kernels PAIR_TABLE = {
    .scratch_floats = pair_scratch_floats,
    .best = best_pair,
};
