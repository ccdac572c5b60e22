package dev.lockdown.trial;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.manifest.Resource;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the steps of a scenario do and ask: on a cluster ([Trial]), or on the state alone that a cluster would have ([DryTrial]).
public sealed interface ScenarioTrial extends AutoCloseable permits Trial, DryTrial {

    ClusterState state();

    Addresses addresses();

    Capabilities capabilities();

    /// The scenario's own pods that are running now.
    Set<NamespacedName> pods();

    default Oracle oracle() {
        return new Oracle(state(), addresses());
    }

    /// Make changes.
    ///
    /// @param written the policies among them that somebody wrote as YAML, for the record
    /// @throws dev.lockdown.state.InputException if a change does not fit the state
    void apply(List<Change> changes, Collection<Resource.OfPolicy> written, int line);

    /// Whether all that was claimed is left open by the API, so that nothing was judged.
    boolean judgedNothing();

    /// Policies that are there and select no pod.
    Set<NamespacedName> policiesThatSelectNothing();

    /// Claim something, to be judged together with what other steps claim before the next change.
    ///
    /// @throws dev.lockdown.state.InputException if there is nothing to ask
    void claim(Scope scope, List<Question> questions, int line);

    /// Ask until everything that was claimed holds, or patience ends; then nothing is claimed any longer.
    ///
    /// @return the steps that do not hold or cannot be decided, by their lines
    SortedMap<Integer, VerdictError> judge();

    /// Claim that exactly these of the flows that were open in the baseline are blocked now.
    void claimBroke(Set<Probe> broken, int line);

    /// Claim that exactly these of the flows that were shut before the last change are open now.
    ///
    /// @param onlyBaseline whether only flows count that were open in the baseline
    void claimOpened(Set<Probe> opened, boolean onlyBaseline, int line);

    /// Claim of every declared flow what the policies demand of it.
    void claimPolicies(int line);

    /// Whether a probe was open in the baseline.
    boolean wasOpen(Probe probe);

    /// What the baseline says of a probe, for people.
    String baselineWords(Probe probe);

    /// Whether an earlier step of the scenario saw this probe blocked.
    boolean wasBlocked(Probe probe);

    /// The source addresses that the destination saw in one dial, empty if it was not reached.
    String sourceSeen(Probe probe, int line);

    /// Disrupt the cluster, and return when all of it is healed and enforcement is seen to work again.
    ///
    /// @param chance decides what is left to it
    /// @param stop whether no more is to happen, though its time is not over
    /// @throws dev.lockdown.cluster.ClusterException if a disruption failed or could not be healed
    /// @throws UntrustedClusterException if the canary says that the cluster does not enforce policies any longer
    void disrupt(Schedule schedule, RandomGenerator chance, BooleanSupplier stop, int line);

    /// The same, which nobody ends early.
    default void disrupt(Schedule schedule, RandomGenerator chance, int line) {
        disrupt(schedule, chance, () -> false, line);
    }

    /// Watch flows until the scenario ends.
    ///
    /// @param interval between two samples of a flow, or null for what is usual on the cluster
    void watch(List<WatchedFlow> flows, @Nullable Duration interval, int line);

    /// Find out what the samples of a watched flow prove.
    ///
    /// @throws TimeError if the claim does not hold, or cannot be decided
    /// @throws dev.lockdown.state.InputException if the flow is not watched, or too seldom for the claim
    TimeVerdict measure(WatchedFlow flow, TimeClaim claim, int line);

    /// The connections that the scenario holds open.
    Connections connections();

    /// What was found while verdicts differed, by the names of files.
    default Map<String, String> evidence() {
        return Map.of();
    }

    /// The length of a pod's service account token, 0 where there is none.
    int readToken(Endpoint.Pod pod);

    @Override
    void close();
}
