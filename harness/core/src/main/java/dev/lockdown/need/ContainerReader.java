package dev.lockdown.need;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the containers of a template: their environment, commands, arguments, mounted files and probes.
final class ContainerReader {
    private static final Pattern OPTION = Pattern.compile("(?s)^(?:--?|-D)?([A-Za-z_][\\w.-]*)=(.*)$");

    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|(?<=\\s))#(?:\\s.*|!.*|)$");
    private static final Pattern CLIENT =
        Pattern.compile("(?:\\S*/)?(?:nc|ncat|telnet|pg_isready|psql|mysql|mysqladmin|mariadb|redis-cli|mongo|mongosh|cqlsh|kcat)");

    private final ConfigObjects configs;
    private final MentionReader mentions;
    private final Collected collected;

    ContainerReader(ConfigObjects configs, MentionReader mentions, Collected collected) {
        this.configs = configs;
        this.mentions = mentions;
        this.collected = collected;
    }

    void read(Template template) {
        for (var container : template.containers()) {
            var environment = Environment.of(container.fields(), template.namespace(), configs);
            mentions.read(template, environment.settings());
            environment.unread().forEach(u -> unread(template, u));
            mentions.read(template, words(container.fields(), environment));
            configs.watched(container.fields(), environment, template.namespace()).forEach(file -> mentions.read(template, file));
            probes(template, container.fields());
        }
        configs.mounted(template).forEach(file -> mentions.read(template, file));
        configs.takenByName(template).forEach(file -> mentions.read(template, file));
        configs.mountedSecrets(template).forEach(u -> unread(template, u));
    }

    private void unread(Template template, Unread unread) {
        collected.unproven(template.party(), unread.what(), unread.remedy(), unread.because());
    }

    /// The words of command and arguments as settings: `--db-host=db`, `--db-host db`, or a text that stands alone, such as a script.
    private static List<Setting> words(Fields container, Environment environment) {
        var settings = new ArrayList<Setting>();
        for (var list : List.of("command", "args")) {
            var words = WrittenObject.items(container, list);
            for (int i = 0; i < words.size(); i++) {
                if (!(words.get(i).node() instanceof Yaml.Scalar scalar)) continue;
                var because = Because.of(words.get(i).at(), "%s[%s]".formatted(list, i));
                var text = environment.filled(withoutComments(scalar.value()), true);
                var option = OPTION.matcher(text);
                if (option.matches() && !text.contains("\n"))
                    settings.add(new Setting(option.group(1), option.group(2), because, Setting.NO_FILE));
                else
                    if (text.matches("--?[A-Za-z][\\w.-]*") && next(words, i + 1).isPresent())
                        settings.add(
                            new Setting(text.replaceFirst("^-+", ""), environment.filled(withoutComments(next(words, i + 1).get()), true),
                                Because.of(words.get(++i).at(), "%s[%s]".formatted(list, i)), Setting.NO_FILE));
                    else
                        settings.add(new Setting("", text, because, Setting.NO_FILE));
            }
        }
        settings.addAll(typed(container, environment));
        return settings;
    }

    /// A script tells in its comments where to read on.
    private static String withoutComments(String text) {
        return text.contains("\n") ? COMMENT.matcher(text).replaceAll("") : text;
    }

    /// The words as one line, where the program is a client whose words mean something together: `nc -z db 5432`, `redis-cli -h cache`.
    private static List<Setting> typed(Fields container, Environment environment) {
        var words = Stream.of("command", "args").flatMap(list -> WrittenObject.items(container, list).stream())
            .filter(w -> w.node() instanceof Yaml.Scalar).toList();
        var texts = words.stream().map(w -> ((Yaml.Scalar) w.node()).value()).toList();
        if (texts.isEmpty() || !CLIENT.matcher(texts.getFirst()).matches()) return List.of();
        return List.of(new Setting("", environment.filled(String.join(" ", texts), true), Because.of(words.getFirst().at(), "command"),
            Setting.NO_FILE));
    }

    private static Optional<String> next(List<Value> words, int index) {
        if (index >= words.size() || !(words.get(index).node() instanceof Yaml.Scalar scalar)) return Optional.empty();
        return scalar.value().startsWith("-") ? Optional.empty() : Optional.of(scalar.value());
    }

    private void probes(Template template, Fields container) {
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe"))
            for (var way : List.of("httpGet", "tcpSocket", "grpc"))
                WrittenObject.mapping(container, probe, way).ifPresent(p -> WrittenObject.text(p, "port")
                    .flatMap(port -> ofContainer(container, port)).ifPresent(number -> collected.need(new Party.Node(), template.party(),
                        new Port(Protocol.TCP, number), Purpose.PROBE, Because.of(p.at("port"), "%s.%s.port".formatted(probe, way)))));
    }

    /// The number of a port that may be a name of the container's.
    static Optional<Integer> ofContainer(Fields container, String port) {
        if (port.matches("[0-9]{1,5}")) return Optional.of(Integer.parseInt(port)).filter(n -> n > 0 && n < 65536);
        return WrittenObject.mappings(container, "ports").stream()
            .filter(p -> WrittenObject.text(p, "name").filter(port::equals).isPresent())
            .flatMap(p -> WrittenObject.text(p, "containerPort").stream()).map(Integer::parseInt).findFirst();
    }
}
