package dev.lockdown.cluster.embedded.api;

import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens;
import dev.lockdown.cluster.embedded.controlplane.ServiceAccountTokens.Caller;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import java.net.ProtocolException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What the Kubernetes API says to a request: who asks, may they, and what is there.
///
/// Without a token nothing is answered, as k3s has it. A pod's service account may do what `system:discovery` grants to everybody.
public final class ApiAnswers {
    private static final String VERSION = "{\"major\":\"1\",\"minor\":\"32\",\"gitVersion\":\"v1.32.0+lockdown\",\"platform\":\"linux\"}";
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz", "/healthz");
    private static final Pattern BEARER = Pattern.compile("[Bb]earer +(\\S+)");

    private final ServiceAccountTokens tokens;
    private final Supplier<Snapshot> snapshots;

    public ApiAnswers(ServiceAccountTokens tokens, Supplier<Snapshot> snapshots) {
        this.tokens = tokens;
        this.snapshots = snapshots;
    }

    HttpAnswer to(HttpRequest request) {
        var authorization = BEARER.matcher(request.header("authorization"));
        var caller = authorization.matches() ? tokens.caller(authorization.group(1)) : Optional.<Caller>empty();
        return caller.filter(this::isThere).map(c -> to(request, c)).orElseGet(() -> status(401, "Unauthorized", "Unauthorized"));
    }

    HttpAnswer malformed(ProtocolException e) {
        return status(400, "BadRequest", "" + e.getMessage());
    }

    /// A token dies with its pod.
    private boolean isThere(Caller caller) {
        return switch (caller) {
            case Caller.Administrator() -> true;
            case Caller.ServiceAccount(var pod) -> snapshots.get().state().pods().containsKey(pod);
        };
    }

    private HttpAnswer to(HttpRequest request, Caller caller) {
        var path = request.path();
        if (!request.method().equals("GET") && !request.method().equals("HEAD"))
            return status(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        if (path.equals("/version")) return HttpAnswer.json(200, VERSION);
        if (HEALTH.contains(path)) return HttpAnswer.plain("ok");
        return ApiPath.parse(path).map(p -> to(p, caller)).orElseGet(() -> notFound(path, caller));
    }

    private HttpAnswer to(ApiPath path, Caller caller) {
        return switch (path) {
            case ApiPath.Discovery discovery -> HttpAnswer.json(200, discovery.document());
            case ApiPath.Resource resource -> switch (caller) {
                case Caller.Administrator() -> read(resource);
                case Caller.ServiceAccount account ->
                    status(403, "Forbidden",
                        "%s is forbidden: User \"%s\" cannot %s".formatted(resource.subject(), account.user(), resource.deed()));
            };
        };
    }

    private HttpAnswer read(ApiPath.Resource resource) {
        return new ApiObjects(snapshots.get()).read(resource).map(json -> HttpAnswer.json(200, json))
            .orElseGet(() -> status(404, "NotFound", "%s not found".formatted(resource.subject())));
    }

    private static HttpAnswer notFound(String path, Caller caller) {
        return switch (caller) {
            case Caller.Administrator() -> status(404, "NotFound", "the server could not find the requested resource");
            case Caller.ServiceAccount account ->
                status(403, "Forbidden", "forbidden: User \"%s\" cannot get path \"%s\"".formatted(account.user(), path));
        };
    }

    private static HttpAnswer status(int code, String reason, String message) {
        return HttpAnswer.json(code, ApiObjects.status(code, reason, message));
    }
}
