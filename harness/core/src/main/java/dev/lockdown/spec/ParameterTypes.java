package dev.lockdown.spec;

import dev.lockdown.spec.words.Timing;
import dev.lockdown.disruption.Schedule.Order;
import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.spec.words.Can;
import dev.lockdown.spec.words.Peer;
import dev.lockdown.spec.words.PortWord;
import dev.lockdown.state.Direction;
import dev.lockdown.state.InputException;
import io.cucumber.java.ParameterType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The nouns and verbs that steps are made of.
public final class ParameterTypes {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(3_600_000_000_000L);

    @ParameterType(name = "peer", value = Peer.REGEX)
    public Peer peer(String text) {
        return Peer.parse(text);
    }

    @ParameterType(name = "ports", value = PortWord.REGEX)
    public PortWords ports(String text) {
        return new PortWords(PortWord.parse(text));
    }

    @ParameterType(name = "can", value = Can.REGEX)
    public Can can(String text) {
        return Can.parse(text);
    }

    @ParameterType(name = "directions", value = "ingress and egress|egress and ingress|ingress|egress")
    public Directions directions(String text) {
        var directions = EnumSet.noneOf(Direction.class);
        if (text.contains("ingress")) directions.add(Direction.INGRESS);
        if (text.contains("egress")) directions.add(Direction.EGRESS);
        return new Directions(directions);
    }

    @ParameterType(name = "name", value = "\"[A-Za-z0-9_.-]+\"|[A-Za-z0-9_.-]+")
    public String name(String text) {
        return text.replace("\"", "");
    }

    @ParameterType(name = "timing", value = Timing.REGEX)
    public Timing timing(String text) {
        return Timing.parse(text, this::duration);
    }

    @ParameterType(name = "transport", value = "UDP|TCP")
    public Transport transport(String text) {
        return Transport.valueOf(text);
    }

    @ParameterType(name = "policy", value = "(?:policy )?\"([^\"]*)\"")
    public PolicyName policy(String name) {
        return new PolicyName(name);
    }

    @ParameterType(name = "order", value = "at once|in turn|at random")
    public Order order(String text) {
        return Order.valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
    }

    @ParameterType(name = "duration", value = "\\d+(?:\\.\\d+)? (?:ms|s|min|h)")
    public Duration duration(String text) {
        int space = text.indexOf(' ');
        var nanos = new BigDecimal(text.substring(0, space)).multiply(BigDecimal.valueOf(nanos(text.substring(space + 1))));
        if (nanos.compareTo(BigDecimal.ONE) < 0)
            throw InputException.about(text, "a time of %s is none; expected such as 5 ms".formatted(text));
        if (nanos.compareTo(LONGEST) > 0)
            throw InputException.about(text, "%s is too long; a scenario takes an hour at most".formatted(text));
        return Duration.ofNanos(nanos.longValue());
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "min" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    record PortWords(List<PortWord> words) {}

    record Directions(Set<Direction> set) {}

    record PolicyName(String name) {}
}
