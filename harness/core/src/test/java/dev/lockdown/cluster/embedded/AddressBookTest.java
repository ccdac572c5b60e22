package dev.lockdown.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An address book")
class AddressBookTest {
    private static final Endpoint WEB = new Endpoint.Pod(new NamespacedName("shop", "web"));
    private static final List<InetAddress> GIVEN = List.of(InetAddress.ofLiteral("10.42.0.2"));

    private final AddressBook book = new AddressBook(List.of());

    @Test
    void is_copied_anew_only_when_an_address_was_given_or_taken_back() {
        var empty = book.addresses();
        assertThat(book.addresses()).isSameAs(empty);
        book.give(WEB, GIVEN);
        var one = book.addresses();
        assertThat(one.of(WEB)).isEqualTo(GIVEN);
        assertThat(book.addresses()).isSameAs(one);
        book.takeBack(WEB);
        assertThat(book.addresses()).isEqualTo(empty);
        assertThat(one.of(WEB)).isEqualTo(GIVEN);
    }
}
