/*
 * Lets fsync of a journal fail after FSYNC_GOOD times; preloaded into a host. What had not reached the disk before is lost
 * then, as after a power cut: the file ends where the last good fsync, or the opening, found its end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int done;
static int unsynced;
static off_t safe;

static int is_journal(int descriptor)
{
    char link[64];
    char path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = 0;
    return getenv("FSYNC_GOOD") != NULL && strstr(path, "journal.jsonl") != NULL;
}

/* What befell a host is written down where the harness counts it. */
static void tell(void)
{
    static const char text[] = "FAILING_SYNC\n";
    char path[4096];
    const char *folder = getenv("FAULT_FOLDER");
    if (folder == NULL) {
        return;
    }
    snprintf(path, sizeof path, "%s/hits", folder);
    int hits = open(path, O_WRONLY | O_APPEND | O_CREAT, 0666);
    if (hits >= 0) {
        (void) !((ssize_t (*)(int, const void *, size_t)) dlsym(RTLD_NEXT, "write"))(hits, text, sizeof text - 1);
        close(hits);
    }
}

ssize_t write(int descriptor, const void *bytes, size_t count)
{
    struct stat file;
    if (!unsynced && is_journal(descriptor) && fstat(descriptor, &file) == 0) {
        unsynced = 1;
        safe = file.st_size;
    }
    return ((ssize_t (*)(int, const void *, size_t)) dlsym(RTLD_NEXT, "write"))(descriptor, bytes, count);
}

int fsync(int descriptor)
{
    if (is_journal(descriptor)) {
        if (++done > atoi(getenv("FSYNC_GOOD"))) {
            if (unsynced) {
                (void) !ftruncate(descriptor, safe);
            }
            tell();
            errno = EIO;
            return -1;
        }
        unsynced = 0;
    }
    return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(descriptor);
}
