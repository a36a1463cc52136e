/** The samples of the vendor's page "Create Customer", as it printed them in June 2025. */
export const vendorSamples = {
  cURL: {
    extension: "sh",
    source: `curl -X POST "https://api.sandbox.spherepay.co/v2/customer" \\
  -H "Content-Type: application/json" \\
  -d '{
    "type": "string",
    "address": {
      "state": "string",
      "country": "string"
    }
  }'
`,
  },
  JavaScript: {
    extension: "mjs",
    source: `const body = JSON.stringify({
  "type": "string",
  "address": {
    "state": "string",
    "country": "string"
  }
})

fetch("https://api.sandbox.spherepay.co/v2/customer", {
  body
})
`,
  },
  Go: {
    extension: "go",
    source: `package main

import (
  "fmt"
  "net/http"
  "io/ioutil"
  "strings"
)

func main() {
  url := "https://api.sandbox.spherepay.co/v2/customer"
  body := strings.NewReader(\`{
    "type": "string",
    "address": {
      "state": "string",
      "country": "string"
    }
  }\`)
  req, _ := http.NewRequest("POST", url, body)
  req.Header.Add("Content-Type", "application/json")
  res, _ := http.DefaultClient.Do(req)
  defer res.Body.Close()
  body, _ := ioutil.ReadAll(res.Body)

  fmt.Println(res)
  fmt.Println(string(body))
}
`,
  },
  Python: {
    extension: "py",
    source: `import requests

url = "https://api.sandbox.spherepay.co/v2/customer"
body = {
  "type": "string",
  "address": {
    "state": "string",
    "country": "string"
  }
}
response = requests.request("POST", url, json = body, headers = {
  "Content-Type": "application/json"
})

print(response.text)
`,
  },
};
