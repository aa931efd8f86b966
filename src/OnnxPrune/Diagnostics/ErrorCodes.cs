using OnnxPrune.Diagnostics;
namespace OnnxPrune;

/// <summary>Every code that the compiler prints. Codes are stable: scripts and builds can match on them.</summary>
public static class ErrorCodes
{
    /// <summary>The model file cannot be opened or read.</summary>
    public const string FileNotReadable = "OP1001";

    /// <summary>The file is not an ONNX model: its protobuf encoding is broken, or the file is truncated.</summary>
    public const string NotAModel = "OP1002";

    /// <summary>The model has no graph, or a graph without nodes.</summary>
    public const string NoGraph = "OP1003";

    /// <summary>External tensor data is missing, too short, or outside the model's folder.</summary>
    public const string ExternalData = "OP1004";

    /// <summary>The graph has a cycle.</summary>
    public const string CyclicGraph = "OP1005";

    /// <summary>The graph is malformed: a name has no producer or two producers, or the data of a tensor does not fit the shape.</summary>
    public const string MalformedGraph = "OP1006";

    /// <summary>The output file cannot be written.</summary>
    public const string FileNotWritable = "OP1007";

    /// <summary>An option has an invalid value.</summary>
    public const string InvalidOption = "OP2001";

    /// <summary>A data or label file cannot be used with this model.</summary>
    public const string InvalidData = "OP2002";

    /// <summary>A configuration file is invalid.</summary>
    public const string InvalidConfiguration = "OP2003";

    /// <summary>The model has no node, value, axis or group with this name.</summary>
    public const string NoSuchName = "OP2004";

    /// <summary>A file of operator rules is invalid.</summary>
    public const string InvalidOperatorRules = "OP2005";

    /// <summary>An include or exclude glob matches nothing in the model.</summary>
    public const string NothingMatches = "OP2006";

    /// <summary>An operator is unknown: its inputs and outputs are pinned.</summary>
    public const string UnknownOperator = "OP3001";

    /// <summary>The output shapes of a node could not be inferred: its inputs and outputs are pinned.</summary>
    public const string UnknownShape = "OP3002";

    /// <summary>A group cannot be cut at one of its nodes: it is pinned.</summary>
    public const string GroupLeftAlone = "OP3004";

    /// <summary>Several nodes share a name: all but the first are renamed.</summary>
    public const string SharedNodeName = "OP3005";

    /// <summary>No output of the graph depends on these parameters: they are removed.</summary>
    public const string UnreadParameters = "OP3006";

    /// <summary>Several initializers share a name: the last of them is used.</summary>
    public const string DuplicateInitializer = "OP3007";

    /// <summary>Pruning changed the outputs so much that the model should be fine-tuned.</summary>
    public const string OutputsChanged = "OP3008";

    /// <summary>The equation certificate found a contradiction: both sides are pinned.</summary>
    public const string CertificateViolated = "OP3003";

    /// <summary>The model has no channels that can be pruned.</summary>
    public const string NothingToPrune = "OP4001";

    /// <summary>The budget cannot be reached under the given constraints.</summary>
    public const string BudgetOutOfReach = "OP4002";

    /// <summary>The file is not a plan, or has a newer schema.</summary>
    public const string NotAPlan = "OP4003";

    /// <summary>The plan was made for a model with another structure.</summary>
    public const string PlanStructureMismatch = "OP4004";

    /// <summary>The plan was made for the same structure with other weights.</summary>
    public const string PlanWeightsMismatch = "OP4005";

    /// <summary>The state file does not belong to this search.</summary>
    public const string NotASearchState = "OP4006";

    /// <summary>A weight that a plan cuts has no counterpart in the framework that exported the model.</summary>
    public const string WeightNotMapped = "OP4008";

    /// <summary>No pruned model reached the latency budget in the measurements.</summary>
    public const string LatencyOutOfReach = "OP4009";

    /// <summary>The pruned model has more multiply-accumulate operations than allowed.</summary>
    public const string TooManyMacs = "OP4010";

    /// <summary>The files of the pruned model are larger than allowed.</summary>
    public const string TooManyBytes = "OP4011";

    /// <summary>The pruned model loses more accuracy than allowed.</summary>
    public const string TooMuchAccuracyLost = "OP4012";

    /// <summary>The measured speedup of the pruned model is below the required speedup.</summary>
    public const string TooSlow = "OP4013";

    /// <summary>A cut was made for another model, or its masks do not fit the groups.</summary>
    public const string ForeignCut = "OP4014";

    /// <summary>The outputs of the pruned model differ from the outputs of the masked original.</summary>
    public const string VerificationFailed = "OP5001";

    /// <summary>The check had no power: a wrong model would also pass.</summary>
    public const string NotVerified = "OP5002";

    /// <summary>The runtime cannot load or run the model.</summary>
    public const string RuntimeRejectedModel = "OP6001";

    /// <summary>The requested execution provider cannot be loaded.</summary>
    public const string ProviderUnavailable = "OP6002";

    /// <summary>The command that measures candidates fails or prints no number.</summary>
    public const string MetricFailed = "OP6003";

    /// <summary>The latency of a model cannot be measured.</summary>
    public const string CannotBeTimed = "OP6004";

    /// <summary>A library of custom operators cannot be loaded.</summary>
    public const string CustomOperatorsUnavailable = "OP6005";

    /// <summary>An internal check of the compiler failed before any file was written. This is a defect.</summary>
    public const string InternalError = "OP9001";
}
