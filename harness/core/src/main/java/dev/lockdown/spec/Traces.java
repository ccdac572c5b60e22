package dev.lockdown.spec;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The part of a stack trace that leads to our own code.
final class Traces {
    private static final int MOST = 12;

    private Traces() {}

    static String of(Throwable error) {
        return Arrays.stream(error.getStackTrace()).limit(MOST).map(f -> "    at " + f).collect(Collectors.joining("\n"));
    }
}
