# Written by ./lockdown dev generate; change dev.lockdown.conformance and run it again.
@conformance @generated @targets
Feature: Whom a policy selects, and rules for nobody and everybody

  A policy selects pods of its own namespace alone. An empty list of rules allows nobody, an empty rule everybody.

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
    When this policy is applied to "<namespace>"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: target}
      spec:
        podSelector: <selector>
        policyTypes: [Ingress, Egress]
        ingress: [{from: [{podSelector: {matchLabels: {pod: c}}, namespaceSelector: {}}]}]
        egress: [{to: [{podSelector: {matchLabels: {pod: b}}, namespaceSelector: {}}]}]
      """
    Then on TCP/80 the truth table is
      | | x/a | y/b | z/a |
      | x/b | <x/b to x/a> | <x/b to y/b> | <x/b to z/a> |
      | y/a | <y/a to x/a> | <y/a to y/b> | <y/a to z/a> |
    And every flow is as the policies say

    Examples:
      | case                                                   | namespace | selector                                                       | x/b to x/a | x/b to y/b | x/b to z/a | y/a to x/a | y/a to y/b | y/a to z/a |
      | A policy for every pod of namespace x                  | x         | {}                                                             | blocked    | open       | blocked    | blocked    | open       | open       |
      | A policy for every pod of namespace y                  | y         | {}                                                             | open       | blocked    | open       | blocked    | blocked    | blocked    |
      | A policy for every pod of namespace z                  | z         | {}                                                             | open       | open       | blocked    | open       | open       | blocked    |
      | A policy for pods a of namespace x                     | x         | {matchLabels: {pod: a}}                                        | blocked    | open       | open       | blocked    | open       | open       |
      | A policy for pods a of namespace y                     | y         | {matchLabels: {pod: a}}                                        | open       | open       | open       | blocked    | open       | blocked    |
      | A policy for pods a of namespace z                     | z         | {matchLabels: {pod: a}}                                        | open       | open       | blocked    | open       | open       | blocked    |
      | A policy for pods a or b of namespace x                | x         | {matchExpressions: [{key: pod, operator: In, values: [a, b]}]} | blocked    | open       | blocked    | blocked    | open       | open       |
      | A policy for pods that are not a of namespace x        | x         | {matchExpressions: [{key: pod, operator: NotIn, values: [a]}]} | blocked    | open       | blocked    | open       | open       | open       |
      | A policy for pods with the label pod of namespace y    | y         | {matchExpressions: [{key: pod, operator: Exists}]}             | open       | blocked    | open       | blocked    | blocked    | blocked    |
      | A policy for pods without the label app of namespace z | z         | {matchExpressions: [{key: app, operator: DoesNotExist}]}       | open       | open       | blocked    | open       | open       | blocked    |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: rules}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Ingress]
        ingress: <rules>
      """
    Then on TCP/80 and UDP/81 the truth table is
      | | x/a | x/b |
      | y/b | <near> | <far> |
    And every flow is as the policies say

    Examples:
      | case                                                    | rules                                                                              | near    | far  |
      | Ingress from nobody                                     | []                                                                                 | blocked | open |
      | Ingress from everybody                                  | [{}]                                                                               | open    | open |
      | Ingress by an empty list of peers                       | [{from: []}]                                                                       | open    | open |
      | Ingress by an empty list of ports                       | [{ports: []}]                                                                      | open    | open |
      | Ingress from a namespace by the label of its name       | [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "y"}}}]}] | open    | open |
      | Ingress from another namespace by the label of its name | [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "z"}}}]}] | blocked | open |

  Scenario Outline: <case>
    When this policy is applied to "x"
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: rules}
      spec:
        podSelector: {matchLabels: {pod: a}}
        policyTypes: [Egress]
        egress: <rules>
      """
    Then on TCP/80 and UDP/81 the truth table is
      | | x/b | y/b |
      | x/a | <near> | <far> |
    And every flow is as the policies say

    Examples:
      | case                                                 | rules                                                                            | near    | far     |
      | Egress to nobody                                     | []                                                                               | blocked | blocked |
      | Egress to everybody                                  | [{}]                                                                             | open    | open    |
      | Egress by an empty list of peers                     | [{to: []}]                                                                       | open    | open    |
      | Egress by an empty list of ports                     | [{ports: []}]                                                                    | open    | open    |
      | Egress to a namespace by the label of its name       | [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "y"}}}]}] | blocked | open    |
      | Egress to another namespace by the label of its name | [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "z"}}}]}] | blocked | blocked |
