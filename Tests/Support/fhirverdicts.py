"""Validates FHIR resources with fhir.resources: reads a JSON list of texts, and prints a JSON list with what is wrong with
each of them; an empty text where nothing is.

R4B has the resources that R4 has, with the same elements as far as claims go. fhir.resources checks names, types,
cardinalities, references and required codes; it holds no profile and no code system.
"""

import json
import sys

from fhir.resources.R4B import get_fhir_model_class


def complaint(text):
    try:
        resource = json.loads(text)
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        return ""
    except Exception as error:  # whatever the validator says of a resource is its verdict
        return str(error) or type(error).__name__


print(json.dumps([complaint(text) for text in json.load(sys.stdin)]))
