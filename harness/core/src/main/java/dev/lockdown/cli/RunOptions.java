package dev.lockdown.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `run` was asked to do. Everything in it is valid by itself; whether the paths exist was not looked at.
///
/// @param selections `FEATURE[:LINE]`, folders and `@TAG`s as typed, never empty
/// @param reports the folder in which the run's folder is made
/// @param keepReports how many runs stay there, at least 1
/// @param failedOf the folder of an earlier run of which only what did not pass is run again, or null
/// @param repeat how many times, at least 1
/// @param soak how long scenarios tagged `@soak` go on, or null for as long as they say
/// @param history where to keep what came of it, or null
/// @param allure whether the Allure site is made too
/// @param threads how many scenarios may run at the same time, at least 1
/// @param command what was typed
record RunOptions(List<String> selections, ClusterOptions cluster, Path reports, int keepReports, long seed,
        @Nullable Path failedOf, int repeat, @Nullable Duration soak, Shard shard, @Nullable Path history, boolean allure, Output output,
        int threads,
        List<String> command) {
    RunOptions {
        selections = List.copyOf(selections);
        command = List.copyOf(command);
    }
}
