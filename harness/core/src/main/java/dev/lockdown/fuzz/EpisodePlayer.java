package dev.lockdown.fuzz;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Probe;
import dev.lockdown.fuzz.Cell.Fit;
import dev.lockdown.policy.Oracle;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plays episodes, each on a cluster of its own, and holds the oracle against what is seen.
final class EpisodePlayer {
    /// So long may a probe of a single cell wait.
    private static final Dialling BRIEF = new Dialling(Duration.ofMillis(400), 0);

    private final Backend backend;

    EpisodePlayer(Backend backend) {
        this.backend = backend;
    }

    /// Ask everything in each state.
    ///
    /// @param enough is asked before each state
    /// @return the first that is wrong, its episode ending with the state in which it is, or null
    @Nullable Discrepancy play(Episode episode, Tally tally, BooleanSupplier enough) {
        try (var cluster = backend.start(episode.needs())) {
            for (int i = 0; i < episode.steps().size() && !enough.getAsBoolean(); i++) {
                cluster.apply(episode.steps().get(i));
                tally.changed(episode.steps().get(i).size());
                var wrong = askAll(cluster, tally);
                if (wrong != null) return new Discrepancy(episode.upTo(i), wrong);
            }
            return null;
        }
    }

    private static @Nullable Cell askAll(Cluster cluster, Tally tally) {
        var cells = ask(cluster, Cells.of(cluster.state(), cluster.capabilities().families()), Dialling.DEFAULT);
        var silent = cells.stream().filter(c -> c.fit() == Fit.SILENT).map(Cell::probe).toList();
        var asked = silent.isEmpty() ? List.<Cell>of() : ask(cluster, silent, Dialling.DEFAULT);
        long open = cells.stream().filter(c -> c.fit() == Fit.LEFT_OPEN).count();
        tally.asked(cells.size() - open, open);
        tally.repeated(asked.size());
        return Stream.concat(cells.stream().filter(c -> c.fit() == Fit.WRONG),
            asked.stream().filter(c -> c.fit() == Fit.WRONG || c.fit() == Fit.SILENT))
            .min(Comparator.comparingInt(EpisodePlayer::plainness))
            .orElse(null);
    }

    /// A flow between pods is understood first.
    private static int plainness(Cell cell) {
        if (!(cell.probe() instanceof Probe.Reach(Flow flow, _))) return 2;
        return flow.source() instanceof Endpoint.Pod && flow.destination() instanceof Endpoint.Pod ? 0 : 1;
    }

    /// Make all states of an episode and ask one cell in the last.
    ///
    /// @return the cell, if it is wrong as it was found, or null
    @Nullable Cell repeat(Discrepancy discrepancy, Episode episode) {
        try (var cluster = backend.start(episode.needs())) {
            for (var step : episode.steps()) cluster.apply(step);
            if (!Cells.of(cluster.state(), cluster.capabilities().families()).contains(discrepancy.cell().probe())) return null;
            var cell = ask(cluster, List.of(discrepancy.cell().probe()), BRIEF).getFirst();
            if (cell.fit() == Fit.SILENT) cell = ask(cluster, List.of(discrepancy.cell().probe()), BRIEF).getFirst();
            return (cell.fit() == Fit.WRONG || cell.fit() == Fit.SILENT) && discrepancy.isLike(cell) ? cell : null;
        }
    }

    private static List<Cell> ask(Cluster cluster, List<Probe> probes, Dialling how) {
        var oracle = new Oracle(cluster.state(), cluster.addresses());
        return cluster.observe(probes, how).stream().map(o -> Cell.of(o, oracle)).toList();
    }
}
