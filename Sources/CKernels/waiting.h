// Waiting for a word of memory to change: a futex on Linux, short naps elsewhere.

#include <stdatomic.h>
#include <stdint.h>

#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#else
#include <time.h>
#endif

// Sleeps while the word holds `value`; may return early.
static inline void ck_sleep(_Atomic uint32_t *word, uint32_t value) {
#if defined(__linux__)
  syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, (void *)0, (void *)0, 0);
#else
  struct timespec nap = {0, 50000};
  if (atomic_load(word) == value) nanosleep(&nap, (void *)0);
#endif
}

// Wakes all who sleep on the word.
static inline void ck_wake(_Atomic uint32_t *word) {
#if defined(__linux__)
  syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT32_MAX, (void *)0, (void *)0, 0);
#else
  (void)word;
#endif
}

// Tells the processor that this is a loop that waits.
static inline void ck_relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}
