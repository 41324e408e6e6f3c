/* The floor of filing: read, hash, write, fsync, rename into one of 256 folders, fsync that folder (and its parent when
   it is new), then one line in a journal, fsynced.
   filing_floor LIST FOLDER JOURNAL [LIBCRYPTO]: LIST names one file a line; prints "microseconds sha256" for each.
   SHA-256 comes from OpenSSL's library when it is named and loads, else from the plain one below. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef unsigned char *(*hasher)(const unsigned char *, size_t, unsigned char *);

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

#define ROR(x, n) ((x) >> (n) | (x) << (32 - (n)))

static void block(uint32_t h[8], const unsigned char *p) {
    uint32_t w[64], s[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7] + (ROR(w[i - 15], 7) ^ ROR(w[i - 15], 18) ^ w[i - 15] >> 3) +
               (ROR(w[i - 2], 17) ^ ROR(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(s, h, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t a = s[7] + (ROR(s[4], 6) ^ ROR(s[4], 11) ^ ROR(s[4], 25)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i];
        uint32_t b = (ROR(s[0], 2) ^ ROR(s[0], 13) ^ ROR(s[0], 22)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += a;
        s[0] = a + b;
    }
    for (int i = 0; i < 8; i++) h[i] += s[i];
}

static unsigned char *plain_sha256(const unsigned char *data, size_t size, unsigned char *out) {
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    unsigned char tail[128] = {0};
    size_t whole = size / 64 * 64, rest = size - whole, end = rest < 56 ? 64 : 128;
    for (size_t at = 0; at < whole; at += 64) block(h, data + at);
    memcpy(tail, data + whole, rest);
    tail[rest] = 0x80;
    for (int i = 0; i < 8; i++) tail[end - 1 - i] = (unsigned char)((uint64_t)size * 8 >> 8 * i);
    for (size_t at = 0; at < end; at += 64) block(h, tail + at);
    for (int i = 0; i < 32; i++) out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
    return out;
}

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void put(int file, const unsigned char *data, size_t size) {
    while (size) {
        ssize_t done = write(file, data, size);
        if (done <= 0) die("write");
        data += done;
        size -= (size_t)done;
    }
}

int main(int count, char **words) {
    if (count < 4) return 2;
    hasher hash = plain_sha256;
    void *library = count > 4 ? dlopen(words[4], RTLD_NOW) : NULL;
    if (library && dlsym(library, "SHA256")) *(void **)&hash = dlsym(library, "SHA256");
    fprintf(stderr, "%s\n", hash == plain_sha256 ? "plain" : "openssl");
    FILE *list = fopen(words[1], "r");
    int folder = open(words[2], O_RDONLY | O_DIRECTORY);
    int journal = open(words[3], O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (!list || folder < 0 || journal < 0) die("open");
    char path[4096];
    for (int number = 0; fgets(path, sizeof path, list); number++) {
        struct timespec start, end;
        struct stat found;
        unsigned char sum[32];
        char name[64], part[64], shard[8], line[160], hex[65];
        clock_gettime(CLOCK_MONOTONIC, &start);
        path[strcspn(path, "\n")] = 0;
        int source = open(path, O_RDONLY);
        if (source < 0 || fstat(source, &found)) die(path);
        size_t size = (size_t)found.st_size, have = 0;
        unsigned char *data = malloc(size ? size : 1);
        while (have < size) {
            ssize_t got = read(source, data + have, size - have);
            if (got <= 0) die("read");
            have += (size_t)got;
        }
        close(source);
        hash(data, size, sum);
        snprintf(part, sizeof part, "%d.part", number);
        snprintf(shard, sizeof shard, "%02x", sum[0]);
        snprintf(name, sizeof name, "%s/%d", shard, number);
        if (!mkdirat(folder, shard, 0700) && fsync(folder)) die("fsync");
        int inner = openat(folder, shard, O_RDONLY | O_DIRECTORY);
        int target = openat(folder, part, O_WRONLY | O_CREAT | O_EXCL, 0600);
        if (inner < 0 || target < 0) die("create");
        put(target, data, size);
        if (fsync(target) || close(target) || renameat(folder, part, folder, name) || fsync(inner) || close(inner))
            die("fsync");
        free(data);
        for (int i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", sum[i]);
        int length = snprintf(line, sizeof line, "%s %s %zu\n", name, hex, size);
        put(journal, (unsigned char *)line, (size_t)length);
        if (fsync(journal)) die("fsync");
        clock_gettime(CLOCK_MONOTONIC, &end);
        printf("%.1f %s\n", (end.tv_sec - start.tv_sec) * 1e6 + (end.tv_nsec - start.tv_nsec) / 1e3, hex);
    }
    return 0;
}
