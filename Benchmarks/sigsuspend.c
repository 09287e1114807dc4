// Lets valgrind 3.19 run a Swift program with an asynchronous main function. The main thread of such a program ends in a
// sigsuspend whose mask is a constant. Valgrind writes to the mask it is given, so it crashes on memory that is read-only.
// This function, preloaded, gives it a copy.
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
  sigset_t copy = *mask;
  return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
