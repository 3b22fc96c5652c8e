// Maxout: the largest of `pieces` products, and the way back through it. A gradient flows through
// the winning piece alone, and dropout makes half of `dy` zero, so the way back gathers the terms
// that exist and skips the others: chains in index order over the examples (or units) that won with
// dy ≠ 0, which for finite operands have the bits of the full chains.

// z: [rows, pieces, units] to y: [rows, units]; the first of equal pieces wins.
static void maxout_select(const float *z, long rows, long units, long pieces, float *y,
                          uint8_t *winner) {
  for (long i = 0; i < rows; i++, z += pieces * units, y += units) {
    for (long u = 0; u < units; u += LANES) {
      long left = units - u;
      vf best = load_some(z + u, left);
      vi which = 0;
      for (long p = 1; p < pieces; p++) {
        vf next = load_some(z + p * units + u, left);
        vi better = next > best;
        best = choose(better, next, best);
        which = (better & (int32_t)p) | (~better & which);
      }
      store_some(y + u, best, left);
      if (winner) {
        vb bytes = __builtin_convertvector(which, vb);
        memcpy(winner + i * units + u, &bytes, left >= LANES ? LANES : (size_t)left);
      }
    }
  }
}

/// A term of a sum: a factor times the row that begins at an offset.
typedef struct term {
  uint32_t row;
  float factor;
} term;

// out = Σ factor · source[row], for 16·vectors columns (the last `columns` of them may be partial).
INLINE void gather_block(const int vectors, const term *terms, long count, const float *source,
                         long stride, float *out) {
  vf total[4];
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) total[v] = (vf)(0.0f);
  for (long i = 0; i < count; i++) {
    const float *from = source + terms[i].row * stride;
    vf factor = (vf)(terms[i].factor);
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      total[v] = fma16(factor, load(from + v * LANES), total[v]);
    }
  }
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) store(out + v * LANES, total[v]);
}

// Sums for many outputs at once: output r takes counts[r] terms from r·slot on and goes to row r of
// `out`. Columns are the outer loop, so that their part of the source stays in the cache.
INLINE void gather_all(const term *terms, long slot, const uint32_t *counts, long outputs,
                       const float *source, long columns, float *out) {
  enum { BLOCK_VECTORS = 4 };
  for (long j = 0; j < columns;) {
    long left = columns - j;
    long width = left >= BLOCK_VECTORS * LANES ? BLOCK_VECTORS * LANES : LANES;
    for (long r = 0; r < outputs; r++) {
      const term *own = terms + r * slot;
      long count = counts[r];
      float *to = out + r * columns + j;
      if (width > LANES) {
        gather_block(BLOCK_VECTORS, own, count, source + j, columns, to);
      } else if (left >= LANES) {
        gather_block(1, own, count, source + j, columns, to);
      } else {
        vf total = 0.0f;
        for (long i = 0; i < count; i++) {
          vf from = load_some(source + own[i].row * columns + j, left);
          total = fma16((vf)(own[i].factor), from, total);
        }
        store_some(to, total, left);
      }
    }
    j += width;
  }
}

// Both fill the slots without branches: a term that is 0 is written too, and then overwritten.

static void maxout_weights(const ck_maxout *t, long begin, long end, void *scratch, float *dw) {
  long outputs = (end - begin) * t->pieces, slot = t->rows + 1;
  term *terms = scratch;
  uint32_t *counts = (uint32_t *)(terms + outputs * slot);
  memset(counts, 0, (size_t)outputs * sizeof(uint32_t));
  for (long i = 0; i < t->rows; i++) {
    for (long u = begin; u < end; u++) {
      float dy = t->dy[i * t->units + u];
      long output = (u - begin) * t->pieces + t->winner[i * t->units + u];
      terms[output * slot + counts[output]] = (term){(uint32_t)i, dy};
      counts[output] += dy != 0.0f;
    }
  }
  gather_all(terms, slot, counts, outputs, t->x, t->inputs, dw);
}

static void maxout_biases(const ck_maxout *t) {
  memset(t->db, 0, (size_t)(t->units * t->pieces) * sizeof(float));
  for (long i = 0; i < t->rows; i++) {
    for (long u = 0; u < t->units; u++) {
      float dy = t->dy[i * t->units + u];
      float *own = t->db + u * t->pieces + t->winner[i * t->units + u];
      *own = dy != 0.0f ? *own + dy : *own;
    }
  }
}

static void maxout_input(const ck_maxout *t, long begin, long end, void *scratch) {
  long slot = t->units + 1;
  term *terms = scratch;
  uint32_t *counts = (uint32_t *)(terms + (end - begin) * slot);
  for (long i = begin; i < end; i++) {
    term *own = terms + (i - begin) * slot;
    uint32_t count = 0;
    for (long u = 0; u < t->units; u++) {
      float dy = t->dy[i * t->units + u];
      own[count] = (term){(uint32_t)(u * t->pieces + t->winner[i * t->units + u]), dy};
      count += dy != 0.0f;
    }
    counts[i - begin] = count;
  }
  gather_all(terms, slot, counts, end - begin, t->w, t->inputs, t->dx + begin * t->inputs);
}
