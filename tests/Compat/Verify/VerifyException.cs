namespace VerifyTests;

/// <summary>A text differs from its verified file, or there is no verified file.</summary>
public sealed class VerifyException(string message) : Exception(message);
