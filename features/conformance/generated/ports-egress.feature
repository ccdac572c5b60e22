# Written by ./lockdown dev generate; change dev.lockdown.conformance and run it again.
@conformance @generated @ports
Feature: Egress on every kind of port

  A port is of TCP unless it says otherwise; without a number it is every port of its protocol. A name means whatever number the
  destination gives it for that protocol, and nothing where it gives none.

  Background:
    Given the namespaces
      | namespace | labels |
      | x         | ns=x   |
      | y         | ns=y   |
      | z         | ns=z   |
    And the pods
      | pod | labels | serves                                                                                                                           |
      | x/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | x/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | x/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | y/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/a | pod=a  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/b | pod=b  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
      | z/c | pod=c  | serve-80-tcp=TCP/80, serve-81-tcp=TCP/81, serve-80-udp=UDP/80, serve-81-udp=UDP/81, serve-80-sctp=SCTP/80, serve-81-sctp=SCTP/81 |
    And the external hosts
      | host          | serves         | addresses      |
      | inside.test   | TCP/80, UDP/80 | 198.51.100.10  |
      | excepted.test | TCP/80, UDP/80 | 198.51.100.130 |
      | outside.test  | TCP/80, UDP/80 | 203.0.113.7    |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: ports}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [<rule>]
      """
    Then on TCP/80 the truth table is
      | | y/b |
      | x/a | <TCP/80> |
    And on TCP/81 the truth table is
      | | y/b |
      | x/a | <TCP/81> |
    And on UDP/80 the truth table is
      | | y/b |
      | x/a | <UDP/80> |
    And on UDP/81 the truth table is
      | | y/b |
      | x/a | <UDP/81> |
    And every flow is as the policies say

    Examples:
      | case                                         | rule                                                                                       | TCP/80  | TCP/81  | UDP/80  | UDP/81  |
      | Egress on every port                         | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}]}                                      | open    | open    | open    | open    |
      | Egress on every port of the default protocol | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{}]}                         | open    | open    | blocked | blocked |
      | Egress on port 80 of the default protocol    | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{port: 80}]}                 | open    | blocked | blocked | blocked |
      | Egress on port 81 of the default protocol    | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{port: 81}]}                 | blocked | open    | blocked | blocked |
      | Egress on every port of TCP                  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP}]}            | open    | open    | blocked | blocked |
      | Egress on TCP/80                             | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 80}]}  | open    | blocked | blocked | blocked |
      | Egress on TCP/81                             | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 81}]}  | blocked | open    | blocked | blocked |
      | Egress on every port of UDP                  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP}]}            | blocked | blocked | open    | open    |
      | Egress on UDP/80                             | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: 80}]}  | blocked | blocked | open    | blocked |
      | Egress on UDP/81                             | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: 81}]}  | blocked | blocked | blocked | open    |
      | Egress on every port of SCTP                 | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP}]}           | blocked | blocked | blocked | blocked |
      | Egress on SCTP/80                            | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP, port: 80}]} | blocked | blocked | blocked | blocked |
      | Egress on SCTP/81                            | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP, port: 81}]} | blocked | blocked | blocked | blocked |

  @named-port
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: ports}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [<rule>]
      """
    Then on TCP/80 the truth table is
      | | y/b |
      | x/a | <TCP/80> |
    And on TCP/81 the truth table is
      | | y/b |
      | x/a | <TCP/81> |
    And on UDP/80 the truth table is
      | | y/b |
      | x/a | <UDP/80> |
    And on UDP/81 the truth table is
      | | y/b |
      | x/a | <UDP/81> |
    And every flow is as the policies say

    Examples:
      | case                                   | rule                                                                                                  | TCP/80  | TCP/81  | UDP/80  | UDP/81  |
      | Egress on the port named serve-80-tcp  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: serve-80-tcp}]}   | open    | blocked | blocked | blocked |
      | Egress on the port named serve-81-tcp  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: serve-81-tcp}]}   | blocked | open    | blocked | blocked |
      | Egress on the port named serve-80-udp  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: serve-80-udp}]}   | blocked | blocked | open    | blocked |
      | Egress on the port named serve-81-udp  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: serve-81-udp}]}   | blocked | blocked | blocked | open    |
      | Egress on the port named serve-80-sctp | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP, port: serve-80-sctp}]} | blocked | blocked | blocked | blocked |
      | Egress on the port named serve-81-sctp | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP, port: serve-81-sctp}]} | blocked | blocked | blocked | blocked |

  @end-port
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: ports}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [<rule>]
      """
    Then on TCP/80 the truth table is
      | | y/b |
      | x/a | <TCP/80> |
    And on TCP/81 the truth table is
      | | y/b |
      | x/a | <TCP/81> |
    And on UDP/80 the truth table is
      | | y/b |
      | x/a | <UDP/80> |
    And on UDP/81 the truth table is
      | | y/b |
      | x/a | <UDP/81> |
    And every flow is as the policies say

    Examples:
      | case                     | rule                                                                                                     | TCP/80  | TCP/81  | UDP/80  | UDP/81  |
      | Egress on TCP/53 to 80   | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 53, endPort: 80}]}   | open    | blocked | blocked | blocked |
      | Egress on TCP/53 to 84   | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 53, endPort: 84}]}   | open    | open    | blocked | blocked |
      | Egress on UDP/53 to 80   | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: 53, endPort: 80}]}   | blocked | blocked | open    | blocked |
      | Egress on UDP/53 to 84   | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: 53, endPort: 84}]}   | blocked | blocked | open    | open    |
      | Egress on SCTP/53 to 80  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP, port: 53, endPort: 80}]}  | blocked | blocked | blocked | blocked |
      | Egress on SCTP/53 to 84  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: SCTP, port: 53, endPort: 84}]}  | blocked | blocked | blocked | blocked |
      | Egress on TCP/81 to 81   | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 81, endPort: 81}]}   | blocked | open    | blocked | blocked |
      | Egress on TCP/1 to 65535 | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 1, endPort: 65535}]} | open    | open    | blocked | blocked |

  @pathological
  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: ports}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [<rule>]
      """
    Then on TCP/80 the truth table is
      | | y/b |
      | x/a | <TCP/80> |
    And on TCP/81 the truth table is
      | | y/b |
      | x/a | <TCP/81> |
    And on UDP/80 the truth table is
      | | y/b |
      | x/a | <UDP/80> |
    And on UDP/81 the truth table is
      | | y/b |
      | x/a | <UDP/81> |
    And every flow is as the policies say

    Examples:
      | case                                                       | rule                                                                                                  | TCP/80  | TCP/81  | UDP/80  | UDP/81  |
      | Egress on a port's name with another protocol than its own | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: serve-81-udp}]}   | blocked | blocked | blocked | blocked |
      | Egress on a name that no pod gives a port                  | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: serve-7981-tcp}]} | blocked | blocked | blocked | blocked |
      | Egress on a number that no pod serves                      | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: TCP, port: 7981}]}           | blocked | blocked | blocked | blocked |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: ports}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: [<rule>]
      """
    Then on TCP/80 the truth table is
      | | y/b |
      | x/a | <TCP/80> |
    And on TCP/81 the truth table is
      | | y/b |
      | x/a | <TCP/81> |
    And on UDP/80 the truth table is
      | | y/b |
      | x/a | <UDP/80> |
    And on UDP/81 the truth table is
      | | y/b |
      | x/a | <UDP/81> |
    And every flow is as the policies say

    Examples:
      | case                                       | rule                                                                                                                           | TCP/80  | TCP/81  | UDP/80  | UDP/81  |
      | Egress on every TCP port or TCP/80         | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{}, {protocol: TCP, port: 80}]}                                  | open    | open    | blocked | blocked |
      | Egress on every TCP port or serve-80-tcp   | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{}, {protocol: TCP, port: serve-80-tcp}]}                        | open    | open    | blocked | blocked |
      | Egress on every TCP port or every UDP port | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{}, {protocol: UDP}]}                                            | open    | open    | open    | open    |
      | Egress on TCP/80 or TCP/81                 | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{port: 80}, {port: 81}]}                                         | open    | open    | blocked | blocked |
      | Egress on TCP/80 or serve-81-tcp           | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{port: 80}, {port: serve-81-tcp}]}                               | open    | open    | blocked | blocked |
      | Egress on TCP/80 or serve-81-udp           | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{port: 80}, {protocol: UDP, port: serve-81-udp}]}                | open    | blocked | blocked | open    |
      | Egress on UDP/80 or serve-81-udp           | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{protocol: UDP, port: 80}, {protocol: UDP, port: serve-81-udp}]} | blocked | blocked | open    | open    |
      | Egress on a range of TCP or UDP/81         | {to: [{namespaceSelector: {matchLabels: {ns: "y"}}}], ports: [{port: 53, endPort: 80}, {protocol: UDP, port: 81}]}             | open    | blocked | blocked | open    |
