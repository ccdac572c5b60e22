package dev.lockdown.archive;

import java.nio.file.Path;

/// The base of an image is not what one can be made of.
final class BadBaseException extends RuntimeException {
    private static final String MADE_BY = """
        a base is the root file system of a Linux with glibc, as one tar, or an image as `docker save`, `podman save` or `skopeo copy` leave it:
          mmdebstrap --variant=minbase --include=libnftables1,iproute2 bookworm base.tar""";

    private BadBaseException(String message) {
        super(message);
    }

    static BadBaseException of(Path base, String problem) {
        return new BadBaseException("error: the base %s %s\n%s".formatted(base, problem, MADE_BY.indent(2).stripTrailing()));
    }
}
