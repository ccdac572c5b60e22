package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Tells one client of every change, as it happens.
final class Watch {
    private final Store store;
    private final Call call;
    private final LinkedBlockingQueue<ObjectNode> events = new LinkedBlockingQueue<>();

    Watch(Store store, Call call) {
        this.store = store;
        this.call = call;
    }

    boolean serve(Api api, HttpMessage request, Socket socket, InputStream in, OutputStream out) throws IOException {
        try {
            api.require(call, "watch");
        } catch (Api.Refusal e) {
            HttpListener.write(out, 403, "", Json.bytes(e.reply.body()));
            return true;
        }
        var client = WebSocket.acceptPlain(request, socket, in, out);
        Store.Listener listener = (type, key, object) -> {
            var fits = key.resource().equals(call.group() + "/" + call.resource())
                && (call.namespace().isEmpty() || key.namespace().equals(call.namespace())) && Selectors.of(call).test(object);
            if (fits) events.add(Json.of("{'type': '%s'}", type).set("object", object.deepCopy()));
        };
        store.add(listener, Long.parseLong(call.query().getOrDefault("resourceVersion", "0")));
        try {
            while (true) tell(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            store.remove(listener);
        }
    }

    private void tell(WebSocket client) throws IOException, InterruptedException {
        var event = events.poll(1, TimeUnit.SECONDS);
        if (event == null) client.ping();
        else client.send(new String(Json.bytes(event), StandardCharsets.UTF_8));
    }
}
