package dev.lockdown.spec;

import dev.lockdown.cluster.Backend;
import dev.lockdown.journal.Entry;
import dev.lockdown.trial.RoundProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/// What the scenarios of one run share.
///
/// @param journal takes entries from several threads
/// @param enough whether the scenarios that have not started yet shall be skipped
/// @param acceptUnseen whether manifests may have policies of other kinds, which nobody here reads
/// @param progress hears how far large questions have come
/// @param seed where chance starts
/// @param evidence keeps what the cluster tells when a scenario failed
/// @param soak how long disruptions of scenarios tagged `@soak` happen that happen for a time; null for as long as they say
/// @param stop ends soaks early
/// @param upcoming what the scenarios ask that are still to come
/// @param review sees the policies of files and texts before the cluster does
public record Session(Backend backend, Consumer<Entry> journal, InstantSource clock, BooleanSupplier enough, PolicyReview review,
        boolean acceptUnseen, RoundProgress progress, long seed, EvidenceKeeper evidence,
        @Nullable Duration soak, SoakStop stop, Upcoming upcoming) {
    // Cucumber makes step objects itself and cannot be handed a run's own objects, so they find them here.
    private static final AtomicReference<Session> CURRENT = new AtomicReference<>();

    public Session(Backend backend, Consumer<Entry> journal, InstantSource clock, BooleanSupplier enough) {
        this(backend, journal, clock, enough, PolicyReview.NONE);
    }

    public Session(Backend backend, Consumer<Entry> journal, InstantSource clock, BooleanSupplier enough, PolicyReview review) {
        this(backend, journal, clock, enough, review, false, (_, _, _, _) -> {}, 0, EvidenceKeeper.NONE, null, new SoakStop(),
            Upcoming.UNKNOWN);
    }

    /// The same, going on though manifests have policies that are not read.
    public Session acceptingUnseen(boolean accepted) {
        return new Session(backend, journal, clock, enough, review, accepted, progress, seed, evidence, soak, stop, upcoming);
    }

    /// The same, with somebody who hears of progress.
    public Session telling(RoundProgress told) {
        return new Session(backend, journal, clock, enough, review, acceptUnseen, told, seed, evidence, soak, stop, upcoming);
    }

    /// The same, keeping what the cluster tells when a scenario failed.
    public Session keeping(EvidenceKeeper keeper) {
        return new Session(backend, journal, clock, enough, review, acceptUnseen, progress, seed, keeper, soak, stop, upcoming);
    }

    /// The same, with another beginning of chance.
    public Session seeded(long seeded) {
        return new Session(backend, journal, clock, enough, review, acceptUnseen, progress, seeded, evidence, soak, stop, upcoming);
    }

    /// The same, with another time for what a scenario tagged `@soak` has happen for a time; null for the one that it says.
    public Session soaking(@Nullable Duration lasting) {
        return new Session(backend, journal, clock, enough, review, acceptUnseen, progress, seed, evidence, lasting, stop, upcoming);
    }

    /// The same, with somebody who may end soaks early.
    public Session stoppedBy(SoakStop early) {
        return new Session(backend, journal, clock, enough, review, acceptUnseen, progress, seed, evidence, soak, early, upcoming);
    }

    /// The same, knowing what is still to come.
    public Session foreseeing(Upcoming known) {
        return new Session(backend, journal, clock, enough, review, acceptUnseen, progress, seed, evidence, soak, stop, known);
    }

    /// A scenario is over and told.
    static void left(String scenario) {
        var current = CURRENT.get();
        if (current != null) current.stop.left(scenario);
    }

    /// Chance for a scenario: the same again for the same seed, whatever else is run.
    RandomGenerator chance(String scenario) {
        return chance(seed, scenario);
    }

    static RandomGenerator chance(long seed, String scenario) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 31 + scenario.hashCode());
    }

    /// Make this the session of scenarios that start from now on.
    public void open() {
        if (!CURRENT.compareAndSet(null, this)) throw new IllegalStateException("a session is open already");
    }

    public void close() {
        CURRENT.compareAndSet(this, null);
    }

    static Session current() {
        var session = CURRENT.get();
        if (session == null)
            throw new IllegalStateException("no session: add the plugin dev.lockdown.suite.LockdownPlugin to cucumber.plugin");
        return session;
    }
}
