@chaos
Feature: What a change does to names and web pages, and not merely to packets

  Background:
    Given the pods
      | pod      | labels  | serves   | node   |
      | shop/web | app=web | TCP/8080 | node-1 |
      | shop/api | app=api | TCP/8080 | node-2 |
    And the services
      | service  | selects | serves   |
      | shop/api | app=api | TCP/8080 |
    And these flows are watched every 5 ms
      | from     | to               | ports     | resolves                   |
      | shop/web | shop/api         | HTTP/8080 |                            |
      | shop/web | service shop/api | HTTP/8080 |                            |
      | shop/web |                  |           | api.shop.svc.cluster.local |

  Scenario: An egress lockdown takes names first, and an allowance for DNS brings back no page
    When "shop" denies all egress
    Then "shop/web" resolving api.shop.svc.cluster.local is cut off within 1 s
    And "shop/web" to "shop/api" on HTTP/8080 is cut off within 1 s
    When "fixtures/policies/allow-dns.yaml" is applied to "shop"
    Then "shop/web" resolving api.shop.svc.cluster.local is back within 1 s
    When every policy of "shop" is deleted
    Then "shop/web" to "shop/api" on HTTP/8080 is back within 1 s
    And "shop/web" to service "shop/api" on HTTP/8080 is back within 1 s
    And "shop/web" resolving api.shop.svc.cluster.local was never shut for longer than 10 s
