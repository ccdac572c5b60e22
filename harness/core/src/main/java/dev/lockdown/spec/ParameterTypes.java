package dev.lockdown.spec;

import dev.lockdown.flow.Probe.Transport;
import dev.lockdown.state.Direction;
import io.cucumber.java.ParameterType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The nouns and verbs that steps are made of.
public final class ParameterTypes {

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

    @ParameterType(name = "transport", value = "UDP|TCP")
    public Transport transport(String text) {
        return Transport.valueOf(text);
    }

    @ParameterType(name = "policy", value = "(?:policy )?\"([^\"]*)\"")
    public PolicyName policy(String name) {
        return new PolicyName(name);
    }

    record PortWords(List<PortWord> words) {}

    record Directions(Set<Direction> set) {}

    record PolicyName(String name) {}
}
