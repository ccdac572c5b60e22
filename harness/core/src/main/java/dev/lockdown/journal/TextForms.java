package dev.lockdown.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// The types whose JSON is their text form.
final class TextForms extends SimpleModule {
    TextForms() {
        text(Endpoint.class, Endpoint::parse);
        text(NamespacedName.class, NamespacedName::parse);
        text(Port.class, Port::parse);
        text(Duration.class, Duration::parse);
        text(Instant.class, Instant::parse);
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addDeserializer(type, new Parser<>(type, parse));
    }

    private static final class Parser<T> extends StdScalarDeserializer<T> {
        private final transient Function<String, T> parse;

        Parser(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            var text = json.getText();
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw context.weirdStringException(text, handledType(), String.valueOf(e.getMessage()));
            }
        }
    }
}
