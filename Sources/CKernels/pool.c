// A pool of threads that take shards from a shared counter. A ticket holds the number of the job
// and of its next shard in one word, so a thread that wakes late can never take a shard of a job
// that it did not see, and nobody waits for a thread that has nothing to do.

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "CKernels.h"
#include "waiting.h"

enum { SPINS = 400 };

struct worker_start {
  ck_pool *pool;
  long number;
};

struct ck_pool {
  _Alignas(64) _Atomic uint64_t ticket;  // job << 32 | next shard
  _Alignas(64) _Atomic uint32_t done;    // shards of the present job that are finished
  _Alignas(64) _Atomic uint32_t bell;    // rung for each job
  _Atomic uint32_t sleepers;
  _Atomic uint32_t caller_sleeps;
  _Atomic int busy;
  _Atomic int stop;
  _Atomic(ck_shard) run;
  _Atomic(void *) context;
  _Atomic uint32_t shards;
  long threads;
  pthread_t *handles;
  struct worker_start *starts;
};

// Takes shards of the present job until none is left.
static void work(ck_pool *pool, long worker) {
  uint64_t ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  uint64_t job = ticket >> 32;
  // These may belong to a later job than the ticket; then the exchange below fails.
  ck_shard run = atomic_load(&pool->run);
  void *context = atomic_load(&pool->context);
  uint32_t shards = atomic_load(&pool->shards);
  while (ticket >> 32 == job && (uint32_t)ticket < shards) {
    if (!atomic_compare_exchange_weak_explicit(&pool->ticket, &ticket, ticket + 1,
                                               memory_order_acq_rel, memory_order_acquire)) {
      continue;
    }
    run(context, (long)(uint32_t)ticket, worker);
    if (atomic_fetch_add(&pool->done, 1) + 1 == shards && atomic_load(&pool->caller_sleeps)) {
      ck_wake(&pool->done);
    }
    ticket = atomic_load_explicit(&pool->ticket, memory_order_acquire);
  }
}

static void *worker_main(void *argument) {
  struct worker_start *start = argument;
  ck_pool *pool = start->pool;
  for (;;) {
    uint32_t rung = atomic_load(&pool->bell);
    if (atomic_load(&pool->stop)) return NULL;
    work(pool, start->number);
    for (int spin = 0; spin < SPINS && atomic_load(&pool->bell) == rung; spin++) ck_relax();
    if (atomic_load(&pool->bell) == rung) {
      atomic_fetch_add(&pool->sleepers, 1);
      ck_sleep(&pool->bell, rung);
      atomic_fetch_sub(&pool->sleepers, 1);
    }
  }
}

static void ring(ck_pool *pool) {
  atomic_fetch_add(&pool->bell, 1);
  if (atomic_load(&pool->sleepers) > 0) ck_wake(&pool->bell);
}

ck_pool *ck_pool_create(long threads) {
  ck_pool *pool = aligned_alloc(64, sizeof(ck_pool));
  if (!pool) return NULL;
  *pool = (ck_pool){.threads = 1};
  pool->handles = calloc((size_t)threads, sizeof(pthread_t));
  pool->starts = calloc((size_t)threads, sizeof(struct worker_start));
  if (!pool->handles || !pool->starts) {
    ck_pool_destroy(pool);
    return NULL;
  }
  for (long i = 1; i < threads; i++) {
    pool->starts[i] = (struct worker_start){pool, i};
    if (pthread_create(&pool->handles[i], NULL, worker_main, &pool->starts[i]) != 0) {
      ck_pool_destroy(pool);
      return NULL;
    }
    pool->threads = i + 1;
  }
  return pool;
}

void ck_pool_run(ck_pool *pool, long shards, ck_shard run, void *context) {
  int idle = 0;
  if (pool->threads == 1 || shards <= 1 ||
      !atomic_compare_exchange_strong(&pool->busy, &idle, 1)) {
    for (long i = 0; i < shards; i++) run(context, i, 0);
    return;
  }
  uint64_t job = (atomic_load(&pool->ticket) >> 32) + 1;
  // First a ticket that sells nothing, so that no old ticket is good for the new shards.
  atomic_store(&pool->ticket, job << 32 | UINT32_MAX);
  atomic_store(&pool->run, run);
  atomic_store(&pool->context, context);
  atomic_store(&pool->shards, (uint32_t)shards);
  atomic_store(&pool->done, 0);
  atomic_store(&pool->ticket, job << 32);
  ring(pool);
  work(pool, 0);
  uint32_t all = (uint32_t)shards, done;
  for (int spin = 0; spin < SPINS && atomic_load(&pool->done) != all; spin++) ck_relax();
  if (atomic_load(&pool->done) != all) {
    atomic_store(&pool->caller_sleeps, 1);
    while ((done = atomic_load(&pool->done)) != all) ck_sleep(&pool->done, done);
    atomic_store(&pool->caller_sleeps, 0);
  }
  atomic_store(&pool->busy, 0);
}

void ck_pool_destroy(ck_pool *pool) {
  atomic_store(&pool->stop, 1);
  ring(pool);
  for (long i = 1; i < pool->threads; i++) pthread_join(pool->handles[i], NULL);
  free(pool->handles);
  free(pool->starts);
  free(pool);
}
