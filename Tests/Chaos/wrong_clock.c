/* Preloaded into one worker: makes its wall clock wrong by WRONG_CLOCK_SECONDS, from five seconds after the start. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static int (*true_clock_gettime)(clockid_t, struct timespec *);

static long offset(void) {
  static long began, seconds;
  struct timespec now;
  if (!true_clock_gettime) true_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  true_clock_gettime(CLOCK_MONOTONIC, &now);
  if (!began) {
    const char *text = getenv("WRONG_CLOCK_SECONDS");
    seconds = text ? atol(text) : 0;
    began = now.tv_sec;
  }
  return now.tv_sec - began >= 5 ? seconds : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  long off = offset();
  int result = true_clock_gettime(clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += off;
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  struct timespec now;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  (void)zone;
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}
