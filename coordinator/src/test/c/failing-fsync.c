/* Lets fsync of a journal fail after FSYNC_GOOD times; preloaded into a host. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int done;

int fsync(int descriptor)
{
    char link[64];
    char path[4096];
    const char *good = getenv("FSYNC_GOOD");
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    if (good != NULL && strstr(path, "journal.jsonl") != NULL && ++done > atoi(good)) {
        errno = EIO;
        return -1;
    }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(descriptor);
}
