package dev.lockdown.spec;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.spec.ParameterTypes.PolicyName;
import dev.lockdown.state.InputException;
import dev.lockdown.trial.ScenarioTrial;
import java.util.List;

/// Says of flows which policies decide them, by the rules of NetworkPolicy.
final class DecidingPolicies {
    private final ScenarioTrial trial;

    DecidingPolicies(ScenarioTrial trial) {
        this.trial = trial;
    }

    /// @throws AssertionError if one of the flows is not decided by the policy
    void require(PolicyName policy, List<Probe> probes) {
        for (var probe : probes) {
            if (!(probe instanceof Probe.Reach(var flow, _))) throw new InputException("no policy decides ICMP; name a port");
            var deciding = trial.oracle().deciding(flow);
            if (!deciding.contains(name(policy, flow)))
                throw new AssertionError("%s is not decided by %s but by %s:\n  %s".formatted(flow,
                    policy.name(), deciding.isEmpty() ? "no policy" : deciding,
                    String.join("\n  ", trial.oracle().expect(flow).because())));
        }
    }

    private NamespacedName name(PolicyName policy, Flow flow) {
        var name = policy.name().contains("/") ? NamespacedName.parse(policy.name())
            : new NamespacedName(flow.source() instanceof Endpoint.Pod(var p) ? p.namespace() : "default", policy.name());
        if (!trial.state().policies().containsKey(name))
            throw Resolver.missing("policy", name.toString(), trial.state().policies().keySet());
        return name;
    }
}
