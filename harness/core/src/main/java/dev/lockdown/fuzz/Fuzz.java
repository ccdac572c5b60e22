package dev.lockdown.fuzz;

import dev.lockdown.cluster.Backend;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds the oracle against a data plane, in random clusters and through random changes, until a cell is wrong.
///
/// ```java
/// var fuzz = new Fuzz(backend, clock, 4711, System.err::println);
/// var evidence = fuzz.run(new Fuzz.Limit(Duration.ofMinutes(5), Long.MAX_VALUE));
/// if (evidence != null) evidence.write(folder, "");
/// ```
///
/// The episodes of a run are those of its seed and the numbers after it, so that each can be played again alone.
public final class Fuzz {
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(10);

    private final Backend backend;
    private final InstantSource clock;
    private final long seed;
    private final Consumer<String> progress;
    private final Tally tally;
    private final Instant began;
    private volatile boolean stopped;

    /// What ends a run: whichever comes first.
    public record Limit(Duration time, long states) {}

    /// @param progress takes a line now and then, and one for each thing that takes long
    public Fuzz(Backend backend, InstantSource clock, long seed, Consumer<String> progress) {
        this.backend = backend;
        this.clock = clock;
        this.seed = seed;
        this.progress = progress;
        this.tally = new Tally(seed);
        this.began = clock.instant();
    }

    /// Play until something is wrong or a limit is reached.
    ///
    /// @return what is wrong, made small, or null
    public @Nullable Evidence run(Limit limit) {
        BooleanSupplier enough = () -> stopped || tally.states() >= limit.states() || time().compareTo(limit.time()) >= 0;
        var stage = new EpisodePlayer(backend);
        var said = began;
        for (long next = seed; !enough.getAsBoolean(); next++) {
            var found = stage.play(Episode.of(next), tally, enough);
            if (found != null) return shrunk(found, stage, next);
            if (Duration.between(said, clock.instant()).compareTo(BETWEEN_WORDS) < 0) continue;
            said = clock.instant();
            progress.accept(sum());
        }
        return null;
    }

    private Evidence shrunk(Discrepancy found, EpisodePlayer stage, long at) {
        tally.found();
        progress.accept(String.format(Locale.ROOT, "wrong after %,d cells, in state %s of seed %s: %s", tally.cells(),
            found.episode().steps().size(), at,
            found.cell().words()));
        var shrinker = new Shrinker(stage, () -> stopped);
        var small = shrinker.shrink(found);
        progress.accept("made smaller by %s tries".formatted(shrinker.tries()));
        return new Evidence(small, at);
    }

    /// Have a run end soon. May be called by any thread.
    public void stop() {
        stopped = true;
    }

    /// What was done so far, in one line. May be called by any thread.
    public String sum() {
        return tally.line(time());
    }

    /// How many cells were compared so far.
    public long cells() {
        return tally.cells();
    }

    private Duration time() {
        return Duration.between(began, clock.instant());
    }
}
