"""The word lists of the gates. Patterns are regular expressions and mind letter case unless they say not."""

from typing import NamedTuple


class Outdated(NamedTuple):
    """A former name, the current one, and the vendor to whose certifications it is confined ("": none)."""

    pattern: str
    current: str
    only: str = ""


# Words that make an option easy to rule out, because little is always or never so.
ABSOLUTE_WORDS = frozenset(
    {
        "all",
        "always",
        "any",
        "completely",
        "entirely",
        "every",
        "everything",
        "exclusively",
        "guarantee",
        "guaranteed",
        "guarantees",
        "impossible",
        "never",
        "none",
        "nothing",
        "only",
        "solely",
    }
)

# Words that make an option hard to rule out, because it is right at least sometimes.
HEDGES = frozenset(
    {
        "can",
        "could",
        "generally",
        "likely",
        "mainly",
        "may",
        "might",
        "most",
        "mostly",
        "often",
        "probably",
        "some",
        "sometimes",
        "typically",
        "usually",
    }
)

# What an option says of itself when it wants to be chosen, whatever the vendor.
MANAGED = r"(?i)(?<!self-)(?<!customer )(?<!customer-)\b(?:managed|serverless)\b"

# The stars of a vendor, by how the slugs of its certifications begin.
FLAGSHIPS = {
    "aws": r"\b(?:SageMaker|Bedrock)\b",
    "gcp": r"\b(?:Vertex|Gemini|Agent Platform)\b",
    "databricks": r"\b(?:Unity Catalog|MLflow|Lakeflow|Lakehouse)\b",
}

# Words that stem and option share in any case.
SMALL_WORDS = """
a about after all an and any are as at be been before but by can do does each every for from has have how if in
into is it its more most no not of on one only or other over own so such than that the their them then there these
they this those through to under until up use used uses using was were what when where which while who will with
without
"""

# Options that stand for other options: "none of the above", "A and C".
OPTIONS_FOR_OPTIONS = (
    r"(?i)\b(?:all|none|both|neither|any) of (?:the )?(?:above|below|others?|other options|options)\b",
    r"(?i)^(?:all|none|both|neither|any) of these\.?$",
    r"^(?:[Bb]oth )?\(?[A-F]\)?(?:, \(?[A-F]\)?)*,? (?:and|or|&) \(?[A-F]\)?(?: only)?\.?$",
)

# Option letters anywhere in an item, which shuffling makes wrong. "A" may also be an article.
OPTION_LETTERS = r"\b(?:[Oo]ptions? \(?[A-F]|(?:[Aa]nswers?|[Cc]hoices?) \(?(?:[B-F]|A(?! [a-z]|/)))\b"

# Where claims may come from: host (and its subdomains) to the path it must contain, "" for any.
SOURCE_HOSTS = {
    # Vendor documentation.
    "aws.amazon.com": "",
    "docs.aws.amazon.com": "",
    "ai.google.dev": "",
    "cloud.google.com": "",
    "developers.google.com": "",
    "docs.cloud.google.com": "",
    "docs.databricks.com": "",
    "learn.microsoft.com": "/azure/databricks",
    # Library documentation.
    "airflow.apache.org": "",
    "arrow.apache.org": "",
    "avro.apache.org": "",
    "beam.apache.org": "",
    "flink.apache.org": "",
    "hive.apache.org": "",
    "kafka.apache.org": "",
    "orc.apache.org": "",
    "parquet.apache.org": "",
    "spark.apache.org": "",
    "delta.io": "",
    "docs.docker.com": "",
    "docs.jax.dev": "",
    "docs.nvidia.com": "",
    "docs.python.org": "",
    "docs.ray.io": "",
    "docs.scipy.org": "",
    "evidentlyai.com": "",
    "fairlearn.org": "",
    "huggingface.co": "/docs",
    "hyperopt.github.io": "",
    "imbalanced-learn.org": "",
    "keras.io": "",
    "kubeflow.org": "",
    "kubernetes.io": "",
    "lightgbm.readthedocs.io": "",
    "mlflow.org": "",
    "modelcontextprotocol.io": "",
    "numpy.org": "",
    "onnx.ai": "",
    "opentelemetry.io": "",
    "optuna.readthedocs.io": "",
    "pandas.pydata.org": "",
    "pytorch.org": "",
    "scikit-learn.org": "",
    "shap.readthedocs.io": "",
    "statsmodels.org": "",
    "strandsagents.com": "",
    "tensorflow.org": "",
    "xgboost.readthedocs.io": "",
    # Papers and standard references.
    "aclanthology.org": "",
    "arxiv.org": "",
    "deeplearningbook.org": "",
    "dl.acm.org": "",
    "doi.org": "",
    "ieeexplore.ieee.org": "",
    "jmlr.org": "",
    "nature.com": "",
    "openaccess.thecvf.com": "",
    "openreview.net": "",
    "papers.neurips.cc": "",
    "papers.nips.cc": "",
    "proceedings.mlr.press": "",
    "proceedings.neurips.cc": "",
}

# Renamed as of November 2026. Hyperopt is not here: it left the runtime, but it is still in the exam guide.
OUTDATED_NAMES = (
    Outdated(r"\bAmazon SageMaker\b(?! [A-Z])", "Amazon SageMaker AI"),  # features keep the short name
    Outdated(r"\bKinesis (?:Data )?Firehose\b", "Amazon Data Firehose"),
    Outdated(r"\bKinesis Data Analytics\b", "Amazon Managed Service for Apache Flink"),
    Outdated(r"\bQuickSight\b", "Amazon Quick Sight"),
    Outdated(r"\bSageMaker (?:AI )?Data Wrangler\b", "SageMaker Canvas (powered by Data Wrangler)"),
    Outdated(r"\bAutopilot UI\b", "SageMaker Canvas"),
    Outdated(r"\bSageMaker (?:AI )?Experiments\b", "managed MLflow on SageMaker AI"),
    Outdated(r"\bBedrock Agents?\b(?! Classic)", "Agents Classic, or AgentCore"),
    Outdated(r"\bAgents? for Amazon Bedrock\b", "Agents Classic, or AgentCore"),
    Outdated(r"\bX-Ray (?:SDKs?|daemon)\b", "OpenTelemetry (ADOT) instrumentation"),
    Outdated(r"\bDelta Live Tables?\b", "Lakeflow Spark Declarative Pipelines"),
    Outdated(r"\bDLT\b", "Lakeflow Spark Declarative Pipelines", "databricks"),
    Outdated(r"\bDatabricks (?:Workflows|Jobs)\b", "Lakeflow Jobs"),
    Outdated(r"\bAsset Bundles?\b", "Declarative Automation Bundles"),
    Outdated(r"\bDatabricks Repos\b", "Git folders"),
    Outdated(r"\bMosaic AI Model Serving\b", "Model Serving"),
    Outdated(r"\b(?:Mosaic )?AI Gateway\b(?<!Unity AI Gateway)", "Unity AI Gateway", "databricks"),
    Outdated(r"(?i)\bonline tables?\b", "Online Feature Store or synced tables", "databricks"),
    Outdated(r"\bFeatureStoreClient\b", "FeatureEngineeringClient", "databricks"),
    Outdated(r"(?i)\bworkspace feature store\b", "Feature Engineering in Unity Catalog", "databricks"),
    Outdated(r"(?i)\blegacy mlflow model serving\b", "Model Serving"),
    Outdated(r"(?i)\bmodel stages?\b|\btransition_model_version_stage\b", "aliases", "databricks"),
    Outdated(r"(?i)\bworkspace (?:model )?registry\b", "models in Unity Catalog", "databricks"),
    Outdated(r"(?i)\bshared access mode\b", "standard access mode", "databricks"),
    Outdated(r"(?i)\bsingle[ -]user access mode\b", "dedicated access mode", "databricks"),
    Outdated(r"\bVertex AI Search for Commerce\b", "AI Commerce Search"),
    Outdated(r"\bVertex AI Search\b(?! for Commerce)", "Agent Search"),
    Outdated(r"\bVertex AI Studio\b", "Agent Studio"),
    Outdated(r"\bVertex AI\b(?! (?:Search|Studio))", "Gemini Enterprise Agent Platform"),
    Outdated(r"\bCloud Composer\b", "Managed Service for Apache Airflow"),
)

# Services that take no new customers as of November 2026 (most since 2026-07-30), or have ended.
CLOSED_SERVICES = (
    r"\bModel Monitor\b",  # SageMaker; Google's is "Model Monitoring"
    r"\bSageMaker (?:AI )?Clarify\b|\bClarify (?:analysis|job|processing|report)",  # bare, it is a verb
    r"\bSageMaker (?:AI )?Debugger\b",
    r"\bGround Truth\b",  # with Ground Truth Plus; in small letters it is the statistical term
    r"\bA2I\b|\bAugmented AI\b",
    r"\bRole Manager\b",
    r"\bStudio Lab\b",
    r"\bSageMaker (?:AI )?(?:geospatial|Profiler)\b",
    r"\bMechanical Turk\b",
    r"\bKendra\b",
    r"\bAmazon Q (?:Business|Developer)\b",
    r"\bAgents Classic\b|\bBedrock Agents?\b|\bAgents? for Amazon Bedrock\b",
    r"\bFraud Detector\b",
    r"\bAmazon Forecast\b",
    r"\bLookout for (?:Vision|Equipment|Metrics)\b",
    r"\bElastic Inference\b",
    r"\bEdge Manager\b",
    r"\bCodeStar\b",
    r"\bAudit Manager\b",
    r"\b(?:Incident|Change) Manager\b",  # of AWS Systems Manager
    r"\bTraining Compiler\b",
    r"\bVertex AI Feature Store \(Legacy\)",
)
ALREADY_USES = r"(?i)\balready\s+us(?:es|e|ing)\b"

# The least share of items that demand more than recall.
APPLY_FLOORS = {
    "aws-aif": 0.50,
    "dlai-dls": 0.60,
    "databricks-mla": 0.65,
    "aws-mla": 0.70,
    "gcp-pmle": 0.80,
    "aws-aip": 0.80,
}
APPLY_FLOOR_ELSEWHERE = 0.50  # for a bank of one's own
