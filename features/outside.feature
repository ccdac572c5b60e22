@conformance @ipblock @outside
Feature: The commonest egress policy there is: the outside, but nothing private

  Background:
    Given the pods
      | pod             | labels         | serves   | node   |
      | shop/web        | app=web        | TCP/8080 | node-2 |
      | monitoring/prom | app=prometheus | TCP/9090 | node-1 |
    And the external hosts
      | host             | serves  | addresses       |
      | partner.example  | TCP/443 | 203.0.113.7     |
      | metadata.example | TCP/80  | 169.254.169.254 |
      | office.example   | TCP/443 | 192.168.77.7    |

  Scenario: 0.0.0.0/0 except the private ranges opens the outside and only that
    Given "shop" denies all egress
    When "fixtures/policies/allow-outside.yaml" is applied to "shop"
    Then exactly these flows healed
      | from     | to                   | ports   |
      | shop/web | host partner.example | TCP/443 |

  Scenario: An application needs the name as well as the address
    Given "shop" denies all egress
    When "fixtures/policies/allow-outside.yaml" is applied to "shop"
    And "fixtures/policies/allow-dns.yaml" is applied to "shop"
    Then "shop/web" can reach host "partner.example" on TCP/443
    But "shop/web" cannot reach host "metadata.example" on TCP/80
    And "shop/web" cannot reach host "office.example" on TCP/443
    And "shop/web" cannot reach "monitoring/prom" on TCP/9090

  Scenario: Whoever calls in without being dialled is remembered from before the first policy
    When "shop" denies all egress
    Then host "partner.example" can still reach "shop/web" on TCP/8080
    And node "node-1" can still reach "shop/web" on TCP/8080
    When "shop" denies all ingress
    Then host "partner.example" can no longer reach "shop/web" on TCP/8080
    And node "node-1" can no longer reach "shop/web" on TCP/8080
    And every flow is as the policies say
