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
  vf total[8];
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

INLINE void gather_terms(const term *terms, long count, const float *source, long stride,
                         long columns, float *out) {
  long j = 0;
  for (; j + 4 * LANES <= columns; j += 4 * LANES) {
    gather_block(4, terms, count, source + j, stride, out + j);
  }
  for (; j + LANES <= columns; j += LANES) {
    gather_block(1, terms, count, source + j, stride, out + j);
  }
  if (j < columns) {
    vf total = 0.0f;
    for (long i = 0; i < count; i++) {
      total = fma16((vf)(terms[i].factor),
                    load_some(source + terms[i].row * stride + j, columns - j), total);
    }
    store_some(out + j, total, columns - j);
  }
}

static void maxout_weights(const ck_maxout *t, long begin, long end, void *scratch) {
  term *terms = scratch;
  for (long u = begin; u < end; u++) {
    for (long p = 0; p < t->pieces; p++) {
      long count = 0;
      float total = 0.0f;
      for (long i = 0; i < t->rows; i++) {
        float dy = t->dy[i * t->units + u];
        if (t->winner[i * t->units + u] == p && dy != 0.0f) {
          terms[count++] = (term){(uint32_t)i, dy};
          total = total + dy;
        }
      }
      long row = u * t->pieces + p;
      t->db[row] = total;
      gather_terms(terms, count, t->x, t->inputs, t->inputs, t->dw + row * t->inputs);
    }
  }
}

static void maxout_input(const ck_maxout *t, long begin, long end, void *scratch) {
  term *terms = scratch;
  for (long i = begin; i < end; i++) {
    long count = 0;
    for (long u = 0; u < t->units; u++) {
      float dy = t->dy[i * t->units + u];
      uint32_t row = (uint32_t)(u * t->pieces + t->winner[i * t->units + u]);
      if (dy != 0.0f) terms[count++] = (term){row, dy};
    }
    gather_terms(terms, count, t->w, t->inputs, t->inputs, t->dx + i * t->inputs);
  }
}
