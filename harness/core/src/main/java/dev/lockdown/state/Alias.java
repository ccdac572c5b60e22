package dev.lockdown.state;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import java.util.regex.Pattern;

/// Where the name of a Service of type ExternalName leads: DNS answers it with another name (CNAME), and clients dial what that one has.
/// Policies see who is dialled, and nothing of the alias.
public final class Alias {
    private static final String DOMAIN = "cluster.local";
    /// A CNAME's target is absolute: `db.crm.svc` without the domain is nobody's name.
    private static final Pattern SERVICE = Pattern.compile("([^.]+)\\.([^.]+)\\.svc\\." + Pattern.quote(DOMAIN));
    private static final NamespacedName API = new NamespacedName("default", "kubernetes");

    private Alias() {}

    /// Give the Service of the cluster, the API or the host outside that a Service of type ExternalName stands for.
    public static Endpoint target(Service alias) {
        var name = alias.externalName();
        var inside = SERVICE.matcher(name);
        if (!inside.matches()) return new Endpoint.Host(name);
        var service = new NamespacedName(inside.group(2), inside.group(1));
        return service.equals(API) ? new Endpoint.KubernetesApi() : new Endpoint.Service(service);
    }
}
