package dev.lockdown.need;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.need.Mention.Form;
import dev.lockdown.state.Alias;
import dev.lockdown.state.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Looks names up as a pod's resolver does: `api`, `api.shop`, `api.shop.svc`, `api.shop.svc.cluster.local`.
///
/// @see <a href="https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/">DNS for Services and Pods</a>
final class Names {
    private static final NamespacedName API = new NamespacedName("default", "kubernetes");
    private static final NamespacedName DNS = new NamespacedName("kube-system", "kube-dns");
    private static final int LONGEST_CHAIN = 8;
    /// What ends names of two labels that hosts have: countries, the common generic ones, and those that stand for no public domain. Others, such
    /// as `kafka` and `monitoring`, are namespaces.
    private static final Pattern DOMAINS =
        Pattern.compile("[a-z]{2}|com|org|net|edu|gov|mil|int|arpa|info|biz|name|pro|dev|app|cloud|tech|online|site"
            + "|website|space|store|shop|xyz|top|page|blog|run|live|world|systems|services|solutions|digital|global|group|company|agency|network|team|"
            + "tools|studio|software|email|health|bank|energy|local|localdomain|localhost|lan|home|corp|internal|intranet|private|test|example|invalid|"
            + "onion");

    private final Map<NamespacedName, Service> services;
    private final Set<String> namespaces;
    private final Set<String> published;
    private final Set<NamespacedName> operated;
    private final Set<String> hosts;
    private final Map<NamespacedName, Template> pods = new HashMap<>();

    /// @param published the hosts under which Ingresses and routes make the application known
    /// @param operated the Services that operators make
    /// @param hosts declared to be outside
    Names(Map<NamespacedName, Service> services, Set<String> namespaces, List<Template> templates, Set<String> published,
            Set<NamespacedName> operated, Set<String> hosts) {
        this.operated = operated;
        this.hosts = hosts;
        this.services = services;
        this.namespaces = namespaces;
        this.published = published;
        templates.forEach(t -> t.pods().forEach(p -> pods.put(p.name(), t)));
    }

    Target lookUp(Mention mention, String namespace) {
        var host = mention.host();
        if (mention.isOwnMachine()) return new Target.Nothing();
        if (mention.isAddress()) return byAddress(mention);
        var parts = host.replaceFirst("\\.svc(\\.cluster(\\.local)?)?$", "").split("\\.");
        boolean qualified = host.matches(".*\\.svc(\\.cluster(\\.local)?)?");
        if (!qualified && parts.length == 1) return byName(new NamespacedName(namespace, host), mention, false);
        if (parts.length == 1) return new Target.Nothing();
        var service = new NamespacedName(parts[parts.length - 1], parts[parts.length - 2]);
        if (parts.length == 3 && pods.get(new NamespacedName(service.namespace(), parts[0])) instanceof Template template
            && services.containsKey(service)) return new Target.OfPod(template, new NamespacedName(service.namespace(), parts[0]));
        if (!qualified && parts.length == 2 && services.containsKey(new NamespacedName(namespace, parts[1]))
            && pods.get(new NamespacedName(namespace, parts[0])) instanceof Template template)
            return new Target.OfPod(template, new NamespacedName(namespace, parts[0]));
        if (qualified || parts.length == 2 && (namespaces.contains(parts[1]) || isSystem(service)))
            return byName(service, mention, qualified);
        if (parts.length == 2 && stands(mention) && !hosts.contains(host) && !DOMAINS.matcher(parts[1]).matches())
            return elsewhere(parts, namespace);
        return outside(mention);
    }

    /// `api.billing` is a Service of a namespace that is not among the manifests, `db-0.db` a pod behind a Service that is not.
    private Target elsewhere(String[] parts, String namespace) {
        var pod = parts[0].matches(".*-[0-9]+");
        return new Target.Missing(pod ? new NamespacedName(namespace, parts[1]) : new NamespacedName(parts[1], parts[0]), pod, false);
    }

    private static boolean isSystem(NamespacedName service) {
        return service.equals(API) || service.equals(DNS);
    }

    private Target byName(NamespacedName name, Mention mention, boolean qualified) {
        if (name.equals(API)) return new Target.Api();
        if (name.equals(DNS) && !services.containsKey(DNS)) return new Target.Dns();
        if (services.get(name) instanceof Service service) return followed(service, LONGEST_CHAIN);
        boolean meant = qualified || operated.contains(name) || isName(name.name()) && switch (mention.form()) {
            case URL, KEYED -> true;
            case KEYED_VAGUELY -> mention.port() > 0;
            case KEYED_IN_FILE, WITH_PORT, SERVICE_NAME -> false;
        };
        return meant ? new Target.Missing(name, namespaces.contains(name.namespace()), true) : new Target.Nothing();
    }

    /// A word that stands where a host may stand, and is more than a placeholder.
    private static boolean isName(String word) {
        return word.matches("[a-z]([a-z0-9-]*[a-z0-9])?") && !word.equals("changeme");
    }

    private Target followed(Service service, int hops) {
        if (!service.isAlias()) return new Target.OfService(service);
        return switch (Alias.target(service)) {
            case Endpoint.Service(var next) when hops > 0 && services.get(next) instanceof Service there -> followed(there, hops - 1);
            case Endpoint.Service(var next) -> new Target.Missing(next, namespaces.contains(next.namespace()), true);
            case Endpoint.KubernetesApi _ -> new Target.Api();
            case Endpoint.Host(var host) -> new Target.Outside(host);
            case Endpoint.Pod _, Endpoint.Node _, Endpoint.LoadBalancer _ -> new Target.Nothing();
        };
    }

    /// An address is dialled where a URL or a key says so; elsewhere it may be a version, a mask or a block of a filter.
    private static Target byAddress(Mention mention) {
        if (mention.form() == Form.WITH_PORT || mention.form() == Form.SERVICE_NAME) return new Target.Nothing();
        if (!mention.host().contains(":") && !mention.host().matches("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}"))
            return new Target.Nothing();
        return new Target.Outside(mention.host());
    }

    private static boolean stands(Mention mention) {
        return switch (mention.form()) {
            case URL, KEYED -> true;
            case KEYED_VAGUELY, KEYED_IN_FILE -> mention.port() > 0;
            case WITH_PORT, SERVICE_NAME -> false;
        };
    }

    /// A name with dots that is no Service is outside, if it stands as an address and not as a word with dots.
    private Target outside(Mention mention) {
        var host = mention.host();
        if (!stands(mention) || !host.matches("(?i)[a-z0-9_*-]+(\\.[a-z0-9_-]+)*\\.[a-z][a-z0-9-]*[a-z]") || published.contains(host))
            return new Target.Nothing();
        if (host.endsWith(".local") || host.endsWith(".localdomain")) return new Target.Nothing();
        return new Target.Outside(host);
    }
}
