package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    boolean serve(Api api, InputStream in, OutputStream out) throws IOException {
        if (!api.mayDo("watch " + call.resource())) {
            var refusal = Api.failure(403, "Forbidden", "%s is forbidden: cannot watch".formatted(call.resource()));
            HttpListener.write(out, 403, "", Json.bytes(refusal.body()));
            return true;
        }
        Store.Listener listener = (type, key, object) -> {
            var fits = key.resource().equals(call.group() + "/" + call.resource())
                && (call.namespace().isEmpty() || key.namespace().equals(call.namespace())) && Selectors.of(call).test(object);
            if (fits) events.add(Json.of("{'type': '%s'}", type).set("object", object.deepCopy()));
        };
        store.add(listener);
        try {
            out.write("HTTP/1.1 200 .\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            while (true) tell(out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            store.remove(listener);
        }
    }

    private void tell(OutputStream out) throws IOException, InterruptedException {
        var event = events.poll(1, TimeUnit.SECONDS);
        // An empty line keeps trying whether the client is still there.
        var text = event == null ? "\n" : new String(Json.bytes(event), StandardCharsets.UTF_8) + "\n";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
