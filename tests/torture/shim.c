/* Stands between a program and its files, and lets them fail as a shared drive does.
 *
 * Loaded with LD_PRELOAD. What it does is said in a small file that is mapped into memory, so
 * that another process may switch it while the program runs: see shim.py, which has the same
 * layout. Only calls on files under `root` are touched.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

enum { OFF, COUNT, FAIL_ONE, KILL, GONE, HANG };
enum {
    OPEN, READ, WRITE, SYNC, RENAME, UNLINK, LOCK, TRUNCATE, STAT, MKDIR, LIST, COPY, CHANGE, KINDS
};

struct control {
    int32_t mode, error;
    uint32_t kinds;          /* bits of the calls that count */
    int32_t locks_lie;       /* every lock is granted, and none is taken */
    int32_t pid;             /* the only process that is touched; 0 for all */
    int32_t part;            /* a write that is killed writes its first half */
    int64_t at, seen, hit;   /* which call, how many there were, how many failed */
    int32_t hit_kind;
    int32_t main_hung;       /* 1 + the kind of the call in which the main thread hung first */
    int64_t counts[KINDS];
    char root[512];
    char hit_path[512];
};

#define MOST_FILES 4096
static volatile struct control *control;
static unsigned char ours[MOST_FILES];

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("KYODO_TORTURE_CONTROL");
    if (name == NULL) return;
    int file = syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *mapped =
        mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    syscall(SYS_close, file);
    if (mapped != MAP_FAILED) control = mapped;
}

static int is_meant(int at, const char *path) {
    char whole[2048];
    if (control == NULL || control->root[0] == 0 || path == NULL) return 0;
    if (control->pid != 0 && control->pid != getpid()) return 0;
    if (path[0] != '/') {
        if (at != AT_FDCWD) return at >= 0 && at < MOST_FILES && ours[at];
        if (getcwd(whole, sizeof whole / 2) == NULL) return 0;
        size_t used = strlen(whole);
        whole[used] = '/';
        strncpy(whole + used + 1, path, sizeof whole - used - 2);
        whole[sizeof whole - 1] = 0;
        path = whole;
    }
    const char *root = (const char *)control->root;
    size_t length = strlen(root);
    return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_our_file(int file) {
    return control != NULL && file >= 0 && file < MOST_FILES && ours[file] &&
           (control->pid == 0 || control->pid == getpid());
}

static void note_hit(int kind, const char *path, int file) {
    char link[32] = "/proc/self/fd/", digits[12];
    control->hit_kind = kind;
    __sync_add_and_fetch(&control->hit, 1);
    if (path == NULL) {
        int place = 14, count = 0;
        do digits[count++] = '0' + file % 10; while ((file /= 10) > 0);
        while (count > 0) link[place++] = digits[--count];
        ssize_t size = syscall(SYS_readlink, link, control->hit_path, sizeof control->hit_path - 1);
        control->hit_path[size > 0 ? size : 0] = 0;
    } else {
        strncpy((char *)control->hit_path, path, sizeof control->hit_path - 1);
    }
}

/* Return the error that this call ends with, or 0 for the call itself. */
static int fault(int kind, const char *path, int file) {
    int mode = control->mode;
    if (mode == OFF) return 0;
    __sync_add_and_fetch(&control->counts[kind], 1);
    if (!(control->kinds & (1u << kind))) return 0;
    if (mode == GONE) {
        note_hit(kind, path, file);
        return control->error;
    }
    if (mode == HANG) {
        struct timespec moment = {0, 2000000};
        int is_main = syscall(SYS_gettid) == getpid();
        if (is_main && control->main_hung == 0) control->main_hung = kind + 1;
        note_hit(kind, path, file);
        while (control->mode == HANG) nanosleep(&moment, NULL);
        return control->error;
    }
    int64_t number = __sync_add_and_fetch(&control->seen, 1);
    if (number != control->at) return 0;
    if (mode == FAIL_ONE) {
        note_hit(kind, path, file);
        return control->error;
    }
    if (mode == KILL) {
        note_hit(kind, path, file);
        if (!(kind == WRITE && control->part)) {
            kill(getpid(), SIGKILL);
            pause();
        }
    }
    return 0;
}

static int is_dying(int kind) {
    return control->mode == KILL && control->part && kind == WRITE && control->seen == control->at;
}

#define REAL(result, name, ...)                                        \
    static result (*real)(__VA_ARGS__);                                \
    if (real == NULL) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define FAULT_AT(at, path, kind, failed)                               \
    if (is_meant(at, path)) {                                          \
        int error = fault(kind, path, -1);                             \
        if (error) { errno = error; return failed; }                   \
    }

#define FAULT_ON(file, kind, failed)                                   \
    if (is_our_file(file)) {                                           \
        int error = fault(kind, NULL, file);                           \
        if (error) { errno = error; return failed; }                   \
    }

static int opened(int at, const char *path, int file) {
    if (file >= 0 && file < MOST_FILES) ours[file] = is_meant(at, path);
    return file;
}

#define OPENING(name, flags)                                           \
    mode_t mode = 0;                                                   \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                             \
        va_list rest;                                                  \
        va_start(rest, flags);                                         \
        mode = va_arg(rest, mode_t);                                   \
        va_end(rest);                                                  \
    }

#define OPEN_AS(name)                                                  \
    int name(const char *path, int flags, ...) {                       \
        REAL(int, #name, const char *, int, ...);                      \
        OPENING(name, flags)                                           \
        FAULT_AT(AT_FDCWD, path, OPEN, -1)                             \
        return opened(AT_FDCWD, path, real(path, flags, mode));        \
    }
OPEN_AS(open)
OPEN_AS(open64)

#define OPENAT_AS(name)                                                \
    int name(int at, const char *path, int flags, ...) {               \
        REAL(int, #name, int, const char *, int, ...);                 \
        OPENING(name, flags)                                           \
        FAULT_AT(at, path, OPEN, -1)                                   \
        return opened(at, path, real(at, path, flags, mode));          \
    }
OPENAT_AS(openat)
OPENAT_AS(openat64)

int close(int file) {
    REAL(int, "close", int);
    if (file >= 0 && file < MOST_FILES) ours[file] = 0;
    return real(file);
}

ssize_t read(int file, void *bytes, size_t size) {
    REAL(ssize_t, "read", int, void *, size_t);
    FAULT_ON(file, READ, -1)
    return real(file, bytes, size);
}

#define PREAD_AS(name, offset_type)                                    \
    ssize_t name(int file, void *bytes, size_t size, offset_type offset) { \
        REAL(ssize_t, #name, int, void *, size_t, offset_type);        \
        FAULT_ON(file, READ, -1)                                       \
        return real(file, bytes, size, offset);                        \
    }
PREAD_AS(pread, off_t)
PREAD_AS(pread64, off64_t)

#define DIE_HALFWAY(write_half)                                        \
    if (is_our_file(file) && is_dying(WRITE)) {                        \
        write_half;                                                    \
        kill(getpid(), SIGKILL);                                       \
        pause();                                                       \
    }

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    FAULT_ON(file, WRITE, -1)
    DIE_HALFWAY(real(file, bytes, size / 2))
    return real(file, bytes, size);
}

#define PWRITE_AS(name, offset_type)                                   \
    ssize_t name(int file, const void *bytes, size_t size, offset_type offset) { \
        REAL(ssize_t, #name, int, const void *, size_t, offset_type);  \
        FAULT_ON(file, WRITE, -1)                                      \
        DIE_HALFWAY(real(file, bytes, size / 2, offset))               \
        return real(file, bytes, size, offset);                        \
    }
PWRITE_AS(pwrite, off_t)
PWRITE_AS(pwrite64, off64_t)

#define SYNC_AS(name)                                                  \
    int name(int file) {                                               \
        REAL(int, #name, int);                                         \
        FAULT_ON(file, SYNC, -1)                                       \
        return real(file);                                             \
    }
SYNC_AS(fsync)
SYNC_AS(fdatasync)

#define TRUNCATE_AS(name, size_type)                                   \
    int name(int file, size_type size) {                               \
        REAL(int, #name, int, size_type);                              \
        FAULT_ON(file, TRUNCATE, -1)                                   \
        return real(file, size);                                       \
    }
TRUNCATE_AS(ftruncate, off_t)
TRUNCATE_AS(ftruncate64, off64_t)

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    FAULT_AT(AT_FDCWD, from, RENAME, -1)
    return real(from, to);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    FAULT_AT(AT_FDCWD, path, UNLINK, -1)
    return real(path);
}

int unlinkat(int at, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    FAULT_AT(at, path, UNLINK, -1)
    return real(at, path, flags);
}

int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    FAULT_AT(AT_FDCWD, path, MKDIR, -1)
    return real(path, mode);
}

int chmod(const char *path, mode_t mode) {
    REAL(int, "chmod", const char *, mode_t);
    FAULT_AT(AT_FDCWD, path, CHANGE, -1)
    return real(path, mode);
}

DIR *opendir(const char *path) {
    REAL(DIR *, "opendir", const char *);
    FAULT_AT(AT_FDCWD, path, LIST, NULL)
    return real(path);
}

#define STAT_AS(name, stat_type)                                       \
    int name(const char *path, stat_type *found) {                     \
        REAL(int, #name, const char *, stat_type *);                   \
        FAULT_AT(AT_FDCWD, path, STAT, -1)                             \
        return real(path, found);                                      \
    }
STAT_AS(stat, struct stat)
STAT_AS(stat64, struct stat64)
STAT_AS(lstat, struct stat)
STAT_AS(lstat64, struct stat64)

#define FSTAT_AS(name, stat_type)                                      \
    int name(int file, stat_type *found) {                             \
        REAL(int, #name, int, stat_type *);                            \
        FAULT_ON(file, STAT, -1)                                       \
        return real(file, found);                                      \
    }
FSTAT_AS(fstat, struct stat)
FSTAT_AS(fstat64, struct stat64)

int access(const char *path, int mode) {
    REAL(int, "access", const char *, int);
    FAULT_AT(AT_FDCWD, path, STAT, -1)
    return real(path, mode);
}

#define SENDFILE_AS(name, offset_type)                                 \
    ssize_t name(int to, int from, offset_type *offset, size_t size) { \
        REAL(ssize_t, #name, int, int, offset_type *, size_t);         \
        FAULT_ON(to, COPY, -1)                                         \
        FAULT_ON(from, COPY, -1)                                       \
        return real(to, from, offset, size);                           \
    }
SENDFILE_AS(sendfile, off_t)
SENDFILE_AS(sendfile64, off64_t)

/* Locks lie between computers: each process is on one of its own then. */
int uname(struct utsname *found) {
    REAL(int, "uname", struct utsname *);
    int result = real(found);
    if (result == 0 && control != NULL && control->locks_lie)
        snprintf(found->nodename, sizeof found->nodename, "PC-%d", getpid());
    return result;
}

int flock(int file, int operation) {
    REAL(int, "flock", int, int);
    FAULT_ON(file, LOCK, -1)
    if (is_our_file(file) && control->locks_lie) return 0;
    return real(file, operation);
}

#define FCNTL_AS(name)                                                 \
    int name(int file, int command, ...) {                             \
        REAL(int, #name, int, int, ...);                               \
        va_list rest;                                                  \
        va_start(rest, command);                                       \
        void *argument = va_arg(rest, void *);                         \
        va_end(rest);                                                  \
        int is_lock = command == F_SETLK || command == F_SETLKW || command == F_GETLK || \
                      command == F_OFD_SETLK || command == F_OFD_SETLKW || \
                      command == F_OFD_GETLK;                          \
        if (is_lock) {                                                 \
            FAULT_ON(file, LOCK, -1)                                   \
            if (is_our_file(file) && control->locks_lie) {             \
                if (command == F_GETLK || command == F_OFD_GETLK)      \
                    ((struct flock *)argument)->l_type = F_UNLCK;      \
                return 0;                                              \
            }                                                          \
        }                                                              \
        return real(file, command, argument);                          \
    }
FCNTL_AS(fcntl)
FCNTL_AS(fcntl64)
