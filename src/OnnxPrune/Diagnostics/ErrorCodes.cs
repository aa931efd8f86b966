using OnnxPrune.Diagnostics;
namespace OnnxPrune;

/// <summary>Every code that the compiler prints. Codes are stable: scripts and builds may match on them.</summary>
public static class ErrorCodes
{
    /// <summary>The model file cannot be opened or read.</summary>
    public const string FileNotReadable = "OP1001";

    /// <summary>The file is not an ONNX model: its protobuf encoding is broken or it is truncated.</summary>
    public const string NotAModel = "OP1002";

    /// <summary>The model has no graph, or a graph without nodes.</summary>
    public const string NoGraph = "OP1003";

    /// <summary>External tensor data is missing, too short, or outside the model's folder.</summary>
    public const string ExternalData = "OP1004";

    /// <summary>The graph has a cycle.</summary>
    public const string CyclicGraph = "OP1005";

    /// <summary>The graph is malformed: a name without producer, produced twice, or a tensor whose data does not fit its shape.</summary>
    public const string MalformedGraph = "OP1006";

    /// <summary>The output file cannot be written.</summary>
    public const string FileNotWritable = "OP1007";

    /// <summary>An option has a value that cannot be used.</summary>
    public const string InvalidOption = "OP2001";

    /// <summary>A data or label file cannot be used with this model.</summary>
    public const string InvalidData = "OP2002";

    /// <summary>A configuration file cannot be used.</summary>
    public const string InvalidConfiguration = "OP2003";

    /// <summary>The model has no node, value, axis or group of this name.</summary>
    public const string NoSuchName = "OP2004";

    /// <summary>A file of operator rules cannot be used.</summary>
    public const string InvalidOperatorRules = "OP2005";

    /// <summary>An operator is unknown: its inputs and outputs are pinned.</summary>
    public const string UnknownOperator = "OP3001";

    /// <summary>The shapes of a node's outputs could not be inferred: what it touches is pinned.</summary>
    public const string UnknownShape = "OP3002";

    /// <summary>A group cannot be cut at one of its nodes: it is pinned.</summary>
    public const string GroupLeftAlone = "OP3004";

    /// <summary>The equation certificate found a contradiction; both sides were pinned.</summary>
    public const string CertificateViolated = "OP3003";

    /// <summary>Nothing in the model can be pruned.</summary>
    public const string NothingToPrune = "OP4001";

    /// <summary>The budget is out of reach under the given constraints.</summary>
    public const string BudgetOutOfReach = "OP4002";

    /// <summary>The file is not a plan, or a plan of a newer schema.</summary>
    public const string NotAPlan = "OP4003";

    /// <summary>The plan was made for a model of another structure.</summary>
    public const string PlanStructureMismatch = "OP4004";

    /// <summary>The plan was made for other weights of the same structure.</summary>
    public const string PlanWeightsMismatch = "OP4005";

    /// <summary>The file is not the state of this search.</summary>
    public const string NotASearchState = "OP4006";

    /// <summary>A weight that a plan cuts cannot be matched in the framework that the model was exported from.</summary>
    public const string WeightNotMapped = "OP4008";

    /// <summary>No pruned model was measured to be as fast as the latency budget asks for.</summary>
    public const string LatencyOutOfReach = "OP4009";

    /// <summary>More multiply-accumulate operations remain than are allowed.</summary>
    public const string TooManyMacs = "OP4010";

    /// <summary>The pruned model's files are larger than is allowed.</summary>
    public const string TooManyBytes = "OP4011";

    /// <summary>More accuracy is lost than is allowed.</summary>
    public const string TooMuchAccuracyLost = "OP4012";

    /// <summary>The pruned model was not measured to be as many times as fast as is demanded.</summary>
    public const string TooSlow = "OP4013";

    /// <summary>A cut was made for another model, or its masks do not fit the groups.</summary>
    public const string ForeignCut = "OP4014";

    /// <summary>The pruned model does not equal the masked original.</summary>
    public const string VerificationFailed = "OP5001";

    /// <summary>The check had no power: it would have passed on anything.</summary>
    public const string NotVerified = "OP5002";

    /// <summary>The runtime cannot load or run the model.</summary>
    public const string RuntimeRejectedModel = "OP6001";

    /// <summary>The execution provider that was asked for cannot be loaded.</summary>
    public const string ProviderUnavailable = "OP6002";

    /// <summary>The command that measures candidates fails or prints no number.</summary>
    public const string MetricFailed = "OP6003";

    /// <summary>The latency of a model cannot be measured.</summary>
    public const string CannotBeTimed = "OP6004";

    /// <summary>A library of custom operators cannot be loaded.</summary>
    public const string CustomOperatorsUnavailable = "OP6005";

    /// <summary>A defect of the compiler, caught by its own checks before anything was written.</summary>
    public const string InternalError = "OP9001";
}
