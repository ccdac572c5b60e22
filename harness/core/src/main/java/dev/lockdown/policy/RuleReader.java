package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;

/// Reads the rules one after the other, and keeps what each of them says.
final class RuleReader implements Rules {
    private final PodIndex podIndex;

    RuleReader(PodIndex podIndex) {
        this.podIndex = podIndex;
    }

    @Override
    public Ruling of(FlowEnd.Member subject, Direction direction, FlowEnd peer, Port port, Family family) {
        var isolation = podIndex.isolation(subject, direction);
        if (isolation.isNone()) return Settled.NOT_ISOLATED;
        Ruling sum = Settled.REFUSED;
        for (var policy : isolation.policies()) {
            sum = sum(sum, read(policy, subject, direction, peer, port, family));
            if (sum == Settled.ADMITTED) return sum;
        }
        return sum;
    }

    private static Ruling sum(Ruling soFar, List<Reading> readings) {
        var sum = soFar;
        for (var reading : readings) {
            switch (reading) {
                case Reading.Admits _ -> {
                    return Settled.ADMITTED;
                }
                case Reading.Unsettled(_, _, var question) -> {
                    if (!(sum instanceof OpenQuestion other) || question.compareTo(other) < 0) sum = question;
                }
                case Reading.Misses _ -> {}
            }
        }
        return sum;
    }

    /// Give what every entry of every rule of the policies that isolate the subject says, in order.
    List<Reading> read(FlowEnd.Member subject, Direction direction, FlowEnd peer, Port port, Family family) {
        var readings = new ArrayList<Reading>();
        for (var policy : podIndex.isolation(subject, direction).policies())
            readings.addAll(read(policy, subject, direction, peer, port, family));
        return readings;
    }

    private static List<Reading> read(NetworkPolicy policy, FlowEnd.Member subject, Direction direction, FlowEnd peer, Port port,
            Family family) {
        var readings = new ArrayList<Reading>();
        var rules = policy.rules(direction);
        for (int i = 0; i < rules.size(); i++)
            readings.addAll(new RuleEntries(policy, direction, i, subject, peer, port, family).read());
        return readings;
    }
}
